package dev.espalier.gateway.compat.mcp;

import dev.espalier.gateway.api.Dialect;
import dev.espalier.gateway.api.Envelope;
import dev.espalier.gateway.core.access.Scope;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** MCP at {@code /mcp}: the protocol's server is a library's, what stands before it is ours. */
@Singleton
final class McpDialect implements Dialect {

  static final String PATH = "/mcp";

  /** Before the library's own route, after the doorkeeper. */
  private static final int ORDER = Integer.MIN_VALUE + 2;

  private final McpEntrance entrance;
  private final Envelope envelope = new JsonRpcEnvelope();

  @Inject
  McpDialect(McpEntrance entrance) {
    this.entrance = entrance;
  }

  @Override
  public String name() {
    return "mcp";
  }

  @Override
  public boolean speaks(String method, String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  @Override
  public Scope scope(String method, String path) {
    return Scope.MEMORY;
  }

  /** Every tool has a scope of its own. */
  @Override
  public boolean checksScopes() {
    return true;
  }

  @Override
  public Envelope envelope() {
    return envelope;
  }

  @Override
  public void open(Router router) {
    // This matches the path itself too.
    router.route(PATH + "/*").order(ORDER).handler(entrance::admit);
    router.post(PATH).order(ORDER + 1).handler(entrance.body());
    router.post(PATH).order(ORDER + 2).handler(entrance::read);
  }
}
