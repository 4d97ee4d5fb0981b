package dev.espalier.gateway.compat.mcp;

import dev.espalier.gateway.core.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * What an agent can call. How it is described and what goes in and out is in the resource {@code
 * mcp/tools/<name>.json}.
 *
 * @param scope what a key must be allowed to use
 * @param work gives the structured result; fails with a {@code ProblemException}
 */
record Tool(String name, Scope scope, Function<ToolCall, Future<JsonObject>> work) {}
