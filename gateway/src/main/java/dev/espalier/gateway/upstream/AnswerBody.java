package dev.espalier.gateway.upstream;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a service's answer. When it breaks off, its reader does not hear of it but is cut
 * off: the proxy would reset the client's response, which for HTTP/1.1 closes the connection
 * without calling the handlers that count, log and drain requests.
 */
final class AnswerBody extends PassingBody {

  private final Handler<Throwable> cut;

  AnswerBody(ReadStream<Buffer> body, Handler<Throwable> cut) {
    super(body);
    this.cut = cut;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return super.exceptionHandler(handler == null ? null : cut);
  }
}
