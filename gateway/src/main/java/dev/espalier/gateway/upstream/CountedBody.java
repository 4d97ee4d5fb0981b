package dev.espalier.gateway.upstream;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A request body that fails once it is longer than allowed. */
final class CountedBody implements ReadStream<Buffer> {

  private final ReadStream<Buffer> body;
  private final long maxBytes;
  private final Handler<ProblemException> onExcess;
  private long bytes;
  private @Nullable Handler<Throwable> failed;

  /**
   * @param onExcess told of the excess before the reader is
   */
  CountedBody(ReadStream<Buffer> body, long maxBytes, Handler<ProblemException> onExcess) {
    this.body = body;
    this.maxBytes = maxBytes;
    this.onExcess = onExcess;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> reader) {
    body.handler(reader == null ? null : part -> count(part, reader));
    return this;
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

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    failed = handler;
    body.exceptionHandler(handler);
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    body.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    body.resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    body.fetch(amount);
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    body.endHandler(handler);
    return this;
  }
}
