package dev.espalier.search.api;

import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.function.Supplier;

/** The upstream {@code scripted}: a chat model that gives the same reply to every request. */
public final class ScriptedModel implements QuarkusTestResourceLifecycleManager {

  private static volatile Supplier<Reply> reply = ScriptedModel::answer;

  private ScriptedServer server;

  /** From now on; {@link #answer} until then. */
  static void reply(Supplier<Reply> next) {
    reply = next;
  }

  /** A finished solution of one step; 200 prompt tokens and 5 completion tokens. */
  static Reply answer() {
    return Reply.json(
        200,
        """
        {"id": "x", "object": "chat.completion", "model": "m", "choices": [{"index": 0,
          "message": {"role": "assistant", "content": "So it is \\\\boxed{7}."},
          "finish_reason": "stop"}],
         "usage": {"prompt_tokens": 200, "completion_tokens": 5, "total_tokens": 205}}
        """);
  }

  @Override
  public Map<String, String> start() {
    server = ScriptedServer.start();
    server.otherwise(request -> reply.get());
    return Map.of(
        "espalier.search.upstreams.scripted.url", server.uri().resolve("/v1").toString(),
        "espalier.search.upstreams.scripted.models", "m",
        "espalier.search.upstreams.scripted.supports-n", "false",
        "espalier.search.upstreams.scripted.max-attempts", "1",
        "espalier.search.upstreams.scripted.max-concurrency", "64",
        "espalier.search.upstreams.scripted.breaker.requests", "1000",
        "espalier.search.upstreams.scripted.allow-private-addresses", "true");
  }

  @Override
  public void stop() {
    server.close();
  }
}
