package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How foreign JSON is read: what is no JSON is a missing node, never an exception. */
final class Json {

  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  static JsonNode read(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree == null ? MAPPER.missingNode() : tree;
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }
}
