package dev.espalier.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of an issuer in place of keys. */
@QuarkusTest
@WithTestResource(ScriptedServices.class)
class TokenOverHttpTest {

  private static final String PATH = "/v1/conversations/tokens";

  @TestHTTPResource URI gateway;

  private final ScriptedServer memory = ScriptedServices.memory();
  private final ScriptedIssuer issuer = ScriptedServices.issuer();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = new GatewayClient(gateway);
  }

  @Test
  void letsATokenInForItsTenant() throws Exception {
    memory.reply(Reply.json(200, "{}"));

    HttpResponse<String> response = get(PATH, issuer.token("acme", claims -> {}));

    assertEquals(200, response.statusCode(), response.body());
    ReceivedRequest sent = ScriptedServices.await(memory, PATH);
    assertEquals("acme", sent.header("X-Espalier-Tenant").orElseThrow());
    assertEquals(false, sent.header("Authorization").isPresent());
  }

  @Test
  void refusesEveryOtherTokenBeforeAServiceSeesIt() throws Exception {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("for another audience", issuer.token("acme", it -> it.setAudience("another")));
    tokens.put(
        "of another issuer", issuer.token("acme", it -> it.setIssuer("https://evil.example")));
    tokens.put("expired", issuer.token("acme", it -> it.setExpirationTimeMinutesInTheFuture(-1)));
    tokens.put("not yet valid", issuer.token("acme", it -> it.setNotBeforeMinutesInThePast(-2)));
    tokens.put("without an end", issuer.token("acme", it -> it.unsetClaim("exp")));
    tokens.put("of nobody's tenant", issuer.token("../acme", it -> {}));
    tokens.put("signed by another key", issuer.forged("acme"));
    String sound = issuer.token("acme", it -> {});
    tokens.put("without its signature", sound.substring(0, sound.lastIndexOf('.') + 1));
    int before = memory.requests().size();

    for (Map.Entry<String, String> token : tokens.entrySet()) {
      HttpResponse<String> response = get(PATH, token.getValue());
      assertEquals(401, response.statusCode(), token.getKey());
      GatewayClient.assertProblem(401, "auth.key_refused", response);
    }

    assertEquals(before, memory.requests().size());
    System.out.println("T6: of " + tokens.size() + " bad tokens 0 were let in");
  }

  @Test
  void grantsTheScopesOfTheTokenAndNoOthers() throws Exception {
    HttpResponse<String> response = get("/v1/searches", issuer.token("acme", claims -> {}));

    GatewayClient.assertProblem(403, "auth.scope_missing", response);
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return client.send(
        HttpRequest.newBuilder(gateway.resolve(path)).header("Authorization", "Bearer " + token));
  }
}
