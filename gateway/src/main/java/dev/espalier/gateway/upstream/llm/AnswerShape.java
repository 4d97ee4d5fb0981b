package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.core.llm.Tally;
import dev.espalier.gateway.upstream.llm.ModelFailure.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be in an answer, or a piece of one, for a client to make sense of it. */
final class AnswerShape {

  private AnswerShape() {}

  /** A JSON object. */
  static JsonObject object(Buffer text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      throw malformed("sent something that is no JSON object", e);
    }
  }

  /**
   * Checks a whole answer and counts its text.
   *
   * @param inputs how many vectors or documents were asked about
   */
  static void check(Operation operation, JsonObject answer, int inputs, Tally tally) {
    try {
      switch (operation) {
        case CHAT, COMPLETIONS -> checkChoices(operation, answer, tally);
        case EMBEDDINGS -> checkVectors(answer, inputs);
        case RERANK -> checkRanks(answer, inputs);
      }
      sawUsage(answer, tally);
    } catch (ClassCastException e) {
      throw malformed("sent an answer of another shape", e);
    }
  }

  /** Counts the text of a chunk; what a chunk lacks is no fault. */
  static void saw(JsonObject chunk, Tally tally) {
    try {
      JsonArray choices = chunk.getJsonArray("choices", new JsonArray());
      for (Object choice : choices) {
        JsonObject object = part(choice);
        sawMessage(object.getJsonObject("delta"), tally);
        sawText(object.getValue("text"), tally);
      }
      sawUsage(chunk, tally);
    } catch (ClassCastException e) {
      throw malformed("sent a chunk of another shape", e);
    }
  }

  /** Whether a choice of the chunk has come to its end. */
  static boolean isFinal(JsonObject chunk) {
    JsonArray choices = chunk.getJsonArray("choices", new JsonArray());
    return choices.stream()
        .anyMatch(
            choice ->
                choice instanceof JsonObject object && object.getValue("finish_reason") != null);
  }

  /** A chunk that has nothing for the client but what the call used. */
  static boolean isUsageOnly(JsonObject chunk) {
    return chunk.getValue("usage") != null
        && chunk.getValue("choices") instanceof JsonArray choices
        && choices.isEmpty();
  }

  private static void checkChoices(Operation operation, JsonObject answer, Tally tally) {
    JsonArray choices = answer.getJsonArray("choices");
    if (choices == null || choices.isEmpty()) {
      throw malformed("sent an answer without choices", null);
    }
    for (Object choice : choices) {
      JsonObject object = part(choice);
      if (operation == Operation.COMPLETIONS) {
        if (!(object.getValue("text") instanceof String text)) {
          throw malformed("sent a choice without text", null);
        }
        tally.sawText(text);
        continue;
      }
      JsonObject message = object.getJsonObject("message");
      Object content = message == null ? null : message.getValue("content");
      boolean isContent =
          content == null || content instanceof String || content instanceof JsonArray;
      if (message == null || !isContent) {
        throw malformed("sent a choice without a message", null);
      }
      sawMessage(message, tally);
    }
  }

  private static void sawMessage(@Nullable JsonObject message, Tally tally) {
    if (message == null) {
      return;
    }
    sawText(message.getValue("content"), tally);
    sawText(message.getValue("reasoning_content"), tally);
    sawText(message.getValue("reasoning"), tally);
    sawText(message.getValue("refusal"), tally);
    if (message.getValue("tool_calls") instanceof JsonArray calls) {
      for (Object call : calls) {
        if (call instanceof JsonObject object
            && object.getValue("function") instanceof JsonObject function) {
          sawText(function.getValue("name"), tally);
          sawText(function.getValue("arguments"), tally);
        }
      }
    }
  }

  private static void sawText(@Nullable Object value, Tally tally) {
    if (value instanceof String text) {
      tally.sawText(text);
    }
  }

  private static void sawUsage(JsonObject answer, Tally tally) {
    if (answer.getValue("usage") instanceof JsonObject usage) {
      tally.sawUsage(usage.getMap());
    }
  }

  /**
   * One vector for each input, all of one length, none that has no direction; puts them in order.
   */
  private static void checkVectors(JsonObject answer, int inputs) {
    JsonArray data = answer.getJsonArray("data");
    if (data == null || data.size() != inputs) {
      throw malformed("sent another number of vectors than was asked for", null);
    }
    boolean[] isThere = new boolean[inputs];
    int dimensions = -1;
    for (Object item : data) {
      JsonObject vector = part(item);
      place(vector.getValue("index"), isThere);
      int length = dimensions(vector.getValue("embedding"));
      if (dimensions >= 0 && length != dimensions) {
        throw malformed("sent vectors of different lengths", null);
      }
      dimensions = length;
    }
    List<JsonObject> sorted =
        data.stream()
            .map(JsonObject.class::cast)
            .sorted(Comparator.comparing(vector -> vector.getInteger("index")))
            .toList();
    answer.put("data", new JsonArray(sorted));
  }

  private static int dimensions(@Nullable Object embedding) {
    if (embedding instanceof String base64) {
      if (base64.isEmpty()) {
        throw malformed("sent an empty vector", null);
      }
      return base64.length();
    }
    if (!(embedding instanceof JsonArray numbers) || numbers.isEmpty()) {
      throw malformed("sent no vector", null);
    }
    double squares = 0;
    for (Object number : numbers) {
      double value = ((Number) number).doubleValue();
      squares += value * value;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw malformed("sent a vector without direction", null);
    }
    return numbers.size();
  }

  private static void checkRanks(JsonObject answer, int inputs) {
    JsonArray results = answer.getJsonArray("results");
    if (results == null || results.size() > inputs) {
      throw malformed("sent no results", null);
    }
    boolean[] isThere = new boolean[inputs];
    for (Object item : results) {
      JsonObject result = part(item);
      place(result.getValue("index"), isThere);
      Object score = result.getValue("relevance_score");
      if (!(score instanceof Number number) || !Double.isFinite(number.doubleValue())) {
        throw malformed("sent a result without a score", null);
      }
    }
  }

  private static JsonObject part(@Nullable Object item) {
    if (item instanceof JsonObject object) {
      return object;
    }
    throw malformed("sent a list of something else", null);
  }

  /** Each index once, and none that was not asked for. */
  private static void place(@Nullable Object index, boolean[] isThere) {
    if (!(index instanceof Integer i) || i < 0 || i >= isThere.length || isThere[i]) {
      throw malformed("sent an index that is wrong or repeated", null);
    }
    isThere[i] = true;
  }

  static ModelFailure malformed(String detail, @Nullable Throwable cause) {
    return cause == null
        ? new ModelFailure(Reason.MALFORMED, detail)
        : new ModelFailure(Reason.MALFORMED, detail, cause);
  }
}
