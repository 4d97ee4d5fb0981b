package dev.espalier.gateway.upstream;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A request body that fails once it is longer than allowed. */
final class CountedBody extends PassingBody {

  private final long maxBytes;
  private final Handler<ProblemException> onExcess;
  private long bytes;
  private @Nullable Handler<Throwable> failed;

  /**
   * @param onExcess told of the excess before the reader is
   */
  CountedBody(ReadStream<Buffer> body, long maxBytes, Handler<ProblemException> onExcess) {
    super(body);
    this.maxBytes = maxBytes;
    this.onExcess = onExcess;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> reader) {
    return super.handler(reader == null ? null : part -> count(part, reader));
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    failed = handler;
    return super.exceptionHandler(handler);
  }

  private void count(Buffer part, Handler<Buffer> reader) {
    bytes += part.length();
    if (bytes <= maxBytes) {
      reader.handle(part);
      return;
    }
    ProblemException excess =
        new ProblemException(
            Problem.of(ErrorCode.BODY_TOO_LARGE, "at most " + maxBytes + " bytes"));
    onExcess.handle(excess);
    if (failed != null) {
      failed.handle(excess);
    }
  }
}
