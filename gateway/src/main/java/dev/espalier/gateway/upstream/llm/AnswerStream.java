package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.llm.TokenUsage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** An answer while it is written, whoever writes it. Lives on one event loop. */
public interface AnswerStream {

  /**
   * A piece of it.
   *
   * @param text the JSON as it is to be sent on
   * @param json the same, read
   */
  record Chunk(String text, JsonObject json) {

    public static Chunk of(JsonObject json) {
      return new Chunk(json.encode(), json);
    }
  }

  /** What the client is told before the first chunk, as response headers. */
  Map<String, String> headers();

  /**
   * Hands on the chunks as they come; a chunk with the usage only if the client asked for it.
   *
   * @return what was used when all of it has come, or a failure with a {@code ProblemException}:
   *     then something is missing
   */
  Future<TokenUsage> read(Handler<Chunk> reader);

  /** Stops the answer while the client is slower. */
  void pause();

  void resume();
}
