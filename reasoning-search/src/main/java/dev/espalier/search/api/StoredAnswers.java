package dev.espalier.search.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers as they are kept for a repeated request. */
@ApplicationScoped
class StoredAnswers {

  private final ObjectMapper json;

  StoredAnswers(ObjectMapper json) {
    this.json = json;
  }

  /** The id in an answer of ours. */
  String idOf(String answer) {
    try {
      return json.readTree(answer).path("id").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer of ours that we cannot read", e);
    }
  }
}
