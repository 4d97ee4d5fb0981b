package dev.espalier.gateway.compat.mcp;

import dev.espalier.gateway.api.BodyReader;
import dev.espalier.gateway.api.Visit;
import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.config.McpConfig;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkiverse.mcp.server.runtime.McpMessageHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets requests through to the protocol's server: its own checks begin behind these. */
@Singleton
final class McpEntrance {

  private static final String SESSION = "Mcp-Session-Id";
  private static final String PLACE = "espalier.mcp.place";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String BOTH_MEDIA_TYPES = "application/json, text/event-stream";

  private final AllowedPeers peers;
  private final ConnectionManager sessions;
  private final SessionSeal seal = new SessionSeal(new SecureRandom());
  private final SessionPlaces places;
  private final OpenStreams streams;
  private final long maxBodyBytes;

  @Inject
  McpEntrance(
      McpConfig mcp, GatewayConfig gateway, ConnectionManager sessions, OpenStreams streams) {
    this.peers = new AllowedPeers(mcp.allowedHosts(), mcp.allowedOrigins().orElse(List.of()));
    this.sessions = sessions;
    this.places = new SessionPlaces(mcp.maxSessions(), sessions::has);
    this.streams = streams;
    this.maxBodyBytes = gateway.maxBodySize().asLongValue();
  }

  /** Checks where the request comes from and whose session it belongs to. */
  void admit(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.path().equals(McpDialect.PATH)) {
      // The library also opens the paths of an older transport, which has sessions of its own.
      throw new ProblemException(Problem.of(ErrorCode.NOT_FOUND, null));
    }
    checkPeers(request);
    String version = request.getHeader(VERSION);
    if (version != null && !McpMessageHandler.SUPPORTED_PROTOCOL_VERSIONS.contains(version)) {
      throw new ProblemException(
          McpProblems.versionUnsupported(McpMessageHandler.SUPPORTED_PROTOCOL_VERSIONS));
    }
    String tenant = Visit.of(context).caller().tenant();
    context.addHeadersEndHandler(
        end -> {
          String begun = context.response().headers().get(SESSION);
          if (begun != null) {
            SessionPlaces.Place place = context.get(PLACE);
            if (place != null) {
              place.belongTo(begun);
            }
            context.response().headers().set(SESSION, seal.seal(tenant, begun));
          }
        });
    String sealed = request.getHeader(SESSION);
    if (sealed != null) {
      String session =
          seal.open(tenant, sealed)
              .filter(sessions::has)
              .orElseThrow(() -> new ProblemException(McpProblems.sessionNotFound()));
      request.headers().set(SESSION, session);
      if (request.method().equals(HttpMethod.GET)) {
        streams.add(context);
      }
    } else if (!request.method().equals(HttpMethod.POST)) {
      // A stream of what belongs to no request, and the end of a session, need a session.
      throw new ProblemException(Problem.of(ErrorCode.METHOD_NOT_ALLOWED, null));
    }
    context.next();
  }

  /** Reads the body of a message, up to the limit. */
  BodyReader body() {
    return new BodyReader(maxBodyBytes);
  }

  /** Puts what was sent into the form that the protocol's server expects. */
  void read(RoutingContext context) {
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    if (accept == null || accept.contains("*/*")) {
      context.request().headers().set(HttpHeaders.ACCEPT, BOTH_MEDIA_TYPES);
    }
    try {
      Buffer message = IncomingMessages.read(BodyReader.of(context));
      if (message == null) {
        context.response().setStatusCode(202).end();
        return;
      }
      JsonObject single = IncomingMessages.single(message);
      checkHeaders(context.request(), single);
      if (single != null && "initialize".equals(single.getString("method"))) {
        begin(context);
      }
      // Or the library's own reader would wait for what has been read.
      ((RoutingContextInternal) context).visitHandler(RoutingContextInternal.BODY_HANDLER);
      ((RoutingContextInternal) context).setBody(message);
    } catch (RefusedMessage e) {
      context
          .response()
          .setStatusCode(e.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          .end(e.body().toBuffer());
      return;
    }
    context.next();
  }

  /** A session that begins takes one of the places of its tenant. */
  private void begin(RoutingContext context) {
    String tenant = Visit.of(context).caller().tenant();
    SessionPlaces.Place place =
        places
            .take(tenant)
            .orElseThrow(() -> new ProblemException(McpProblems.tooManySessions(places.most())));
    context.put(PLACE, place);
    // An initialize that was refused, or whose client has gone, began none.
    context.addEndHandler(end -> place.leaveIfEmpty());
  }

  private void checkPeers(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null || !peers.allowsHost(authority.host())) {
      throw new ProblemException(McpProblems.hostRefused());
    }
    if (!peers.allowsOrigin(request.getHeader(HttpHeaders.ORIGIN))) {
      throw new ProblemException(McpProblems.originRefused());
    }
  }

  /** A proxy that decides by these headers must not be deceived about the message. */
  private static void checkHeaders(HttpServerRequest request, @Nullable JsonObject message) {
    if (message == null) {
      return;
    }
    check(request, "Mcp-Method", message.getString("method"));
    check(request, "Mcp-Name", message.getJsonObject("params").getString("name"));
  }

  private static void check(HttpServerRequest request, String header, @Nullable String said) {
    String sent = request.getHeader(header);
    if (sent != null && said != null && !sent.equals(said)) {
      throw new ProblemException(McpProblems.headerMismatch(header));
    }
  }
}
