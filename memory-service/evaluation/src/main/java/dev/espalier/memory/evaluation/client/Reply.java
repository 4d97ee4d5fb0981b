package dev.espalier.memory.evaluation.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.measuring.command.CommandException;

/**
 * An answer and how long it took.
 *
 * @param hasRetryAfter whether it says when to try again
 * @param nanos from sending the request to the last byte of the answer
 */
public record Reply(int status, String body, boolean hasRetryAfter, long nanos) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /**
   * @throws CommandException if the body is no JSON
   */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new CommandException("an answer is no JSON: " + body, e);
    }
  }
}
