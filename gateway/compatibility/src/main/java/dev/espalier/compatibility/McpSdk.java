package dev.espalier.compatibility;

import static dev.espalier.compatibility.Checks.expect;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The Java SDK of MCP. */
final class McpSdk {

  private static final String CLIENT = "io.modelcontextprotocol.sdk:mcp";

  private McpSdk() {}

  static void run(Checks checks, URI gateway, String key) {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(gateway.toString())
            .endpoint("/mcp")
            .customizeRequest(request -> request.header("Authorization", "Bearer " + key))
            .build();
    try (McpSyncClient client =
        McpClient.sync(transport).requestTimeout(Duration.ofSeconds(60)).build()) {
      checks.check(CLIENT, "initialize, list", () -> list(client));
      checks.check(CLIENT, "memory_add, memory_search", () -> remember(client));
      checks.check(CLIENT, "reason_search", () -> solve(client));
      checks.check(CLIENT, "an error is a result with our code", () -> fail(client));
    }
  }

  private static void list(McpSyncClient client) {
    client.initialize();
    expect(client.listTools().tools().size() == 9, client.listTools());
    client.ping();
  }

  private static void remember(McpSyncClient client) {
    Map<?, ?> added =
        call(
            client,
            "memory_add",
            Map.of("turns", List.of(Map.of("role", "user", "content", "Mira keeps bees."))));
    Map<?, ?> found =
        call(
            client,
            "memory_search",
            Map.of("conversation_id", added.get("conversation_id"), "query", "bees"));
    expect(found.toString().contains("Mira"), found);
  }

  private static void solve(McpSyncClient client) {
    Map<?, ?> solved =
        call(
            client,
            "reason_search",
            Map.of(
                "problem",
                "Use 1 2 3 4 to make 24",
                "proposer",
                Map.of("type", "arithmetic"),
                "seed",
                1));
    expect(String.valueOf(solved.get("answer")).contains("24"), solved);
  }

  private static void fail(McpSyncClient client) {
    CallToolResult refused = client.callTool(new CallToolRequest("memory_context", Map.of()));
    expect(
        Boolean.TRUE.equals(refused.isError()) && refused.toString().contains("request.invalid"),
        refused);
  }

  private static Map<?, ?> call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    CallToolResult result = client.callTool(new CallToolRequest(tool, arguments));
    expect(!Boolean.TRUE.equals(result.isError()), result);
    return (Map<?, ?>) result.structuredContent();
  }
}
