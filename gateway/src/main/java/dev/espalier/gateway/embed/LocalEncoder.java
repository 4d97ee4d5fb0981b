package dev.espalier.gateway.embed;

import dev.espalier.encoder.SentenceEncoder;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * e5-small-v2 (Wang et al., arXiv 2212.03533), int8, from the class path. It is loaded when it is
 * first asked for: an installation that embeds elsewhere does not pay for it. One text at a time on
 * one thread, which is what one core can do.
 */
@Singleton
public final class LocalEncoder {

  public static final String MODEL = "e5-small-v2";
  public static final int DIMENSIONS = 384;

  /** Before a text that is looked for, or compared with its like. */
  public static final String QUERY = "query: ";

  /** Before a text that is looked in. */
  public static final String PASSAGE = "passage: ";

  private static final int MAX_TOKENS = 512;

  private final WorkerExecutor worker;
  private @Nullable SentenceEncoder encoder;

  @Inject
  LocalEncoder(Vertx vertx) {
    worker = vertx.createSharedWorkerExecutor("encoder", 1, Duration.ofMinutes(10).toNanos());
  }

  /**
   * A unit vector for each text.
   *
   * @param isOver asked before each text: whether nobody waits any more
   * @return or a failure with {@code request.deadline_exceeded}
   */
  public Future<List<float[]>> encode(
      List<String> texts, Instant deadline, BooleanSupplier isOver) {
    return worker.executeBlocking(
        () -> {
          List<float[]> vectors = new ArrayList<>();
          for (String text : texts) {
            if (isOver.getAsBoolean() || Instant.now().isAfter(deadline)) {
              throw new ProblemException(Problem.of(ErrorCode.DEADLINE_EXCEEDED, null));
            }
            vectors.add(loaded().encode(text));
          }
          return vectors;
        },
        true);
  }

  @PreDestroy
  void close() {
    worker.close();
  }

  /** Called on the worker's one thread only. */
  private SentenceEncoder loaded() {
    if (encoder == null) {
      encoder =
          SentenceEncoder.load("e5-small-v2-q.onnx", "e5-small-v2-q-tokenizer.json", MAX_TOKENS);
    }
    return encoder;
  }
}
