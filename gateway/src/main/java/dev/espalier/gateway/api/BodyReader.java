package dev.espalier.gateway.api;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads all of a body, up to a limit, whatever its content type says: clients that send JSON under
 * the name of a form are many, and a reader that believes them takes it apart.
 */
public final class BodyReader implements Handler<RoutingContext> {

  private static final String KEY = "espalier.body";

  private final long maxBytes;

  public BodyReader(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** What was read. */
  public static Buffer of(RoutingContext context) {
    Buffer body = context.get(KEY);
    return body == null ? Buffer.buffer() : body;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (announced(request) > maxBytes) {
      throw tooLarge();
    }
    if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
      request.response().writeContinue();
    }
    Buffer body = Buffer.buffer();
    context.put(KEY, body);
    request.exceptionHandler(gone -> {});
    request.handler(
        part -> {
          if (body.length() + part.length() <= maxBytes) {
            body.appendBuffer(part);
          } else if (!context.failed()) {
            context.fail(tooLarge());
          }
        });
    request.endHandler(
        end -> {
          if (!context.failed()) {
            context.next();
          }
        });
    request.resume();
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length.strip());
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        Problem.of(ErrorCode.BODY_TOO_LARGE, "at most " + maxBytes + " bytes"));
  }
}
