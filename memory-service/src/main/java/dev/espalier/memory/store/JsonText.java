package dev.espalier.memory.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Metadata as PostgreSQL's jsonb takes and gives it. */
@ApplicationScoped
class JsonText {

  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private final ObjectMapper json;

  JsonText(ObjectMapper json) {
    this.json = json;
  }

  String write(Map<String, Object> members) {
    try {
      return json.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("metadata that is no JSON", e);
    }
  }

  Map<String, Object> read(String text) {
    try {
      return json.readValue(text, MEMBERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored metadata that is no JSON", e);
    }
  }
}
