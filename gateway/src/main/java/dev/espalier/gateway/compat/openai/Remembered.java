package dev.espalier.gateway.compat.openai;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** A chat with what memory knows about it. */
interface Remembered {

  /** What the model is asked, with memory's part in it. */
  JsonObject body();

  /** What the client is told about it. */
  Map<String, String> headers();

  /**
   * Stores the answer.
   *
   * @param isInterrupted whether something of it is missing
   * @return whether it is stored now; never a failure
   */
  Future<Boolean> answered(String text, boolean isInterrupted);

  /** Without memory. */
  static Remembered nothing(JsonObject body, Map<String, String> headers) {
    return new Remembered() {
      @Override
      public JsonObject body() {
        return body;
      }

      @Override
      public Map<String, String> headers() {
        return headers;
      }

      @Override
      public Future<Boolean> answered(String text, boolean isInterrupted) {
        return Future.succeededFuture(true);
      }
    };
  }
}
