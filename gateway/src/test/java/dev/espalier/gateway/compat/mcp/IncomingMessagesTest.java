package dev.espalier.gateway.compat.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingMessagesTest {

  @Test
  void keepsWhatACallNeeds() throws Exception {
    JsonObject message =
        read(
            """
            {"jsonrpc": "2.0", "id": 0, "method": "tools/call", "params": {"name": "t", "x": 1,
             "arguments": {"a": 1.5, "b": null}, "_meta": {"progressToken": 7, "other": [1]}}}""");

    assertEquals(
        """
        {"jsonrpc":"2.0","method":"tools/call","id":0,"params":{"name":"t",\
        "arguments":{"a":1.5},"_meta":{"progressToken":7}}}""",
        message.encode());
  }

  @Test
  void keepsWhatAnInitializationNeeds() throws Exception {
    JsonObject message =
        read(
            """
            {"jsonrpc": "2.0", "id": "i", "method": "initialize", "params": {
             "protocolVersion": "2025-06-18", "clientInfo": {"name": "n", "icons": 5},
             "capabilities": {"roots": {"listChanged": true}}}}""");

    assertEquals(
        """
        {"protocolVersion":"2025-06-18","clientInfo":{"name":"n","version":"unknown"},\
        "capabilities":{"roots":{}}}""",
        message.getJsonObject("params").encode());
  }

  @Test
  void readsABatch() throws Exception {
    Buffer read =
        IncomingMessages.read(
            Buffer.buffer(
                """
                [{"jsonrpc": "2.0", "id": 1, "method": "ping"}, {"jsonrpc": "2.0", "id": 2, "result": {}},
                 {"jsonrpc": "2.0", "method": "notifications/initialized"}]"""));

    assertEquals(2, new JsonArray(read).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": {}}",
        "[{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": {\"code\": 1, \"message\": \"x\"}}]"
      })
  void takesResponsesAndForgetsThem(String response) throws Exception {
    assertNull(IncomingMessages.read(Buffer.buffer(response)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nothing",
        "{} {}",
        "{\"jsonrpc\": \"2.0\", \"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}"
      })
  void refusesWhatIsNoJson(String body) {
    assertEquals(-32700, refused(body).body().getJsonObject("error").getInteger("code"));
  }

  @Test
  void refusesJsonThatIsTooDeep() {
    RefusedMessage refused = refused("[".repeat(500) + "]".repeat(500));

    assertEquals(-32700, refused.body().getJsonObject("error").getInteger("code"));
    assertEquals(400, refused.status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | -32600",
        "1 | -32600",
        "[] | -32600",
        "[1] | -32600",
        "[[]] | -32600",
        "{} | -32600",
        "{'jsonrpc': '1.0', 'id': 1, 'method': 'ping'} | -32600",
        "{'jsonrpc': '2.0', 'id': null, 'method': 'ping'} | -32600",
        "{'jsonrpc': '2.0', 'id': {}, 'method': 'ping'} | -32600",
        "{'jsonrpc': '2.0', 'id': 1.5, 'method': 'ping'} | -32600",
        "{'jsonrpc': '2.0', 'id': 1} | -32600",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 5} | -32600",
        "{'jsonrpc': '2.0', 'method': 'tools/call', 'params': {'name': 't'}} | -32600",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'notifications/initialized'} | -32600",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'prompts/get'} | -32601",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'q/close'} | -32601",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'tools/call'} | -32602",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'tools/call', 'params': []} | -32602",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'tools/call', 'params': {'name': 5}} | -32602",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'tools/call', 'params': {'name': 't', 'arguments': []}} | -32602",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'initialize', 'params': {}} | -32602",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'logging/setLevel'} | -32602",
        "{'jsonrpc': '2.0', 'id': 1, 'method': 'tools/list', 'params': {'cursor': 5}} | -32602",
        "{'jsonrpc': '2.0', 'id': '\\ud800', 'method': 'ping'} | -32600"
      },
      quoteCharacter = '"')
  void refusesWhatIsNoMessage(String body, int code) {
    RefusedMessage refused = refused(body.replace('\'', '"'));

    assertEquals(code, refused.body().getJsonObject("error").getInteger("code"));
  }

  private static JsonObject read(String body) throws RefusedMessage {
    return IncomingMessages.read(Buffer.buffer(body)).toJsonObject();
  }

  private static RefusedMessage refused(String body) {
    return assertThrows(
        RefusedMessage.class, () -> IncomingMessages.read(Buffer.buffer(body)), body);
  }
}
