package dev.espalier.gateway.compat.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.espalier.gateway.api.ClientTimeout;
import dev.espalier.gateway.api.GatewayProblems;
import dev.espalier.gateway.api.Visit;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.quarkiverse.mcp.server.Cancellation;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjLongConsumer;
import org.jboss.logging.Logger;

/** Offers the tools to agents, and turns what becomes of a call into the protocol's answer. */
@Singleton
final class ToolCatalogue {

  private static final Logger LOG = Logger.getLogger(ToolCatalogue.class);

  private final ToolManager manager;
  private final CurrentVertxRequest current;
  private final Instance<Toolbox> boxes;

  @Inject
  ToolCatalogue(ToolManager manager, CurrentVertxRequest current, @Any Instance<Toolbox> boxes) {
    this.manager = manager;
    this.current = current;
    this.boxes = boxes;
  }

  void offer(@Observes StartupEvent start) {
    boxes.stream().flatMap(box -> box.tools().stream()).forEach(this::offer);
  }

  private void offer(Tool tool) {
    JsonObject described = description(tool.name());
    JsonObject hints = described.getJsonObject("annotations");
    manager
        .newTool(tool.name())
        .setTitle(described.getString("title"))
        .setDescription(described.getString("description"))
        .setInputSchema(described.getJsonObject("inputSchema"))
        .setOutputSchema(described.getJsonObject("outputSchema"))
        .setAnnotations(
            new ToolAnnotations(
                described.getString("title"),
                hints.getBoolean("readOnlyHint"),
                hints.getBoolean("destructiveHint"),
                hints.getBoolean("idempotentHint"),
                hints.getBoolean("openWorldHint")))
        .setAsyncHandler(arguments -> answer(tool, arguments))
        .register();
  }

  static JsonObject description(String tool) {
    String resource = "/mcp/tools/" + tool + ".json";
    try (InputStream stream = ToolCatalogue.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new JsonObject(new String(stream.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Uni<ToolResponse> answer(Tool tool, ToolArguments arguments) {
    RoutingContext http = current.getCurrent();
    Visit visit = Visit.of(http);
    ToolCall call = call(http, arguments);
    Future<ToolResponse> answer =
        result(tool, visit.caller(), call)
            .transform(
                done -> {
                  if (call.isAbandoned().getAsBoolean()) {
                    return Future.failedFuture(new Cancellation.OperationCancellationException());
                  }
                  return Future.succeededFuture(
                      done.succeeded()
                          ? success(done.result())
                          : refusal(tool, done.cause(), visit.requestId()));
                });
    return Uni.createFrom().completionStage(answer.toCompletionStage());
  }

  private static Future<JsonObject> result(Tool tool, Caller caller, ToolCall call) {
    if (!caller.may(tool.scope())) {
      return Future.failedFuture(new ProblemException(GatewayProblems.scopeMissing(tool.scope())));
    }
    try {
      return tool.work().apply(call);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static ToolCall call(RoutingContext http, ToolArguments arguments) {
    Visit visit = Visit.of(http);
    AtomicBoolean isGone = new AtomicBoolean();
    http.addEndHandler(end -> isGone.set(true));
    Cancellation cancellation = arguments.cancellation();
    return new ToolCall(
        new JsonObject(arguments.args()),
        visit.caller().tenant(),
        visit.requestId(),
        longest ->
            ClientTimeout.of(http.request().headers())
                .filter(wanted -> wanted.compareTo(longest) < 0)
                .orElse(longest),
        told(arguments.progress()),
        () -> isGone.get() || cancellation.check().isRequested());
  }

  private static ObjLongConsumer<String> told(Progress progress) {
    if (progress.token().isEmpty()) {
      return (message, count) -> {};
    }
    return (message, count) ->
        progress
            .notificationBuilder()
            .setProgress(count)
            .setMessage(message)
            .build()
            .sendAndForget();
  }

  private static ToolResponse success(JsonObject result) {
    return new ToolResponse(
        false, List.of(new TextContent(result.encode())), result.getMap(), null);
  }

  /** What went wrong, for the agent to read: our problem, and nothing of what caused it. */
  private static ToolResponse refusal(Tool tool, Throwable failure, String requestId) {
    Problem problem;
    if (failure instanceof ProblemException e) {
      problem = e.problem();
    } else {
      LOG.errorf(failure, "request %s: %s failed", requestId, tool.name());
      problem = Problem.of(ErrorCode.INTERNAL, null);
    }
    return ToolResponse.error(new JsonObject(problem.body(requestId)).encode());
  }
}
