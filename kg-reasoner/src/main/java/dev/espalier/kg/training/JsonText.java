package dev.espalier.kg.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** What is kept as JSON. */
@ApplicationScoped
public class JsonText {

  private final ObjectMapper json;

  JsonText(ObjectMapper json) {
    this.json = json;
  }

  public String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a value that is no JSON", e);
    }
  }

  /** Reads what {@link #write} wrote. */
  public <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON that cannot be read", e);
    }
  }
}
