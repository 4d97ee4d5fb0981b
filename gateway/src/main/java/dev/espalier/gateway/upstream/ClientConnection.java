package dev.espalier.gateway.upstream;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** What carries a client's request: a connection, or one stream of it. */
public final class ClientConnection {

  private ClientConnection() {}

  /** Breaks off in a way that the client cannot take for a proper end. */
  public static void cut(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }
}
