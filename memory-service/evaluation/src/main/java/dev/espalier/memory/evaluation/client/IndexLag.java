package dev.espalier.memory.evaluation.client;

import com.fasterxml.jackson.databind.JsonNode;

/** How far the vectors of a conversation have come. */
public record IndexLag(long embeddedThroughSeq, long lastSeq, long failed) {

  static IndexLag of(JsonNode answer) {
    JsonNode index = answer.path("index");
    return new IndexLag(
        index.path("embedded_through_seq").asLong(),
        index.path("last_seq").asLong(),
        index.path("failed").asLong());
  }

  public boolean isCurrent() {
    return embeddedThroughSeq >= lastSeq;
  }
}
