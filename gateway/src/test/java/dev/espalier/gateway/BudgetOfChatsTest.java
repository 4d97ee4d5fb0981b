package dev.espalier.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.gateway.ops.AccessRefresh;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ScriptedServices.class)
class BudgetOfChatsTest {

  private static final int CLIENTS = 200;
  private static final int ADMITTED = 10;
  private static final String BODY =
      "{\"model\":\"steady-1\",\"max_tokens\":100000,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  @TestHTTPResource URI gateway;

  @Inject AccessRefresh refresh;

  private final ScriptedServer model = ScriptedServices.model().server();

  @AfterEach
  void restore() {
    model.otherwise(request -> Reply.status(404));
  }

  /** The model answers when everybody else has been refused; each answer uses all it may. */
  @Test
  void letsNoMoreCallsThroughThanABudgetCovers() throws Exception {
    AdminClient admin = new AdminClient(gateway);
    String tenant = admin.newTenant();
    String key = admin.newKey(tenant, "").path("key").asText();
    String budget =
        admin
            .ok(
                "POST",
                "/budgets",
                "{\"tenant\": \"%s\", \"period\": \"month\", \"limit_tokens\": %d}"
                    .formatted(tenant, ADMITTED * 101_000))
            .path("id")
            .asText();
    refresh.now();
    CountDownLatch refused = new CountDownLatch(CLIENTS - ADMITTED);
    int before = model.requests().size();
    model.otherwise(
        request -> {
          await(refused);
          return Reply.json(
              200,
              "{\"choices\":[{\"message\":{\"content\":\"yes\"}}],"
                  + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":100000}}");
        });
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    GatewayClient client = new GatewayClient(gateway);
    for (int i = 0; i < CLIENTS; i++) {
      CompletableFuture<HttpResponse<String>> answer =
          client.http().sendAsync(chat(key), BodyHandlers.ofString());
      answer.thenAccept(it -> countIfRefused(it, refused));
      answers.add(answer);
    }

    int completed = 0;
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      HttpResponse<String> response = answer.get(60, TimeUnit.SECONDS);
      if (response.statusCode() == 200) {
        completed++;
      } else {
        assertEquals(429, response.statusCode(), response.body());
        assertTrue(response.body().contains("budget.exhausted"), response.body());
      }
    }

    JsonNode after = admin.get("/budgets/" + budget);
    while (after.path("reserved_tokens").asLong() > 0) {
      after = admin.get("/budgets/" + budget);
    }
    long used = after.path("used_tokens").asLong();
    System.out.printf(
        "T6: %d chats at once on a budget for %d: %d completed, %d requests to the model, used %d"
            + " of %d tokens, overspend %d%n",
        CLIENTS,
        ADMITTED,
        completed,
        model.requests().size() - before,
        used,
        ADMITTED * 101_000,
        Math.max(0, used - ADMITTED * 101_000));
    assertEquals(ADMITTED, completed);
    assertEquals(ADMITTED, model.requests().size() - before);
    assertEquals(ADMITTED * 100_009L, used);
  }

  private HttpRequest chat(String key) {
    return HttpRequest.newBuilder(gateway.resolve("/v1/chat/completions"))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + key)
        .POST(BodyPublishers.ofString(BODY))
        .build();
  }

  private static void countIfRefused(HttpResponse<String> response, CountDownLatch refused) {
    if (response.statusCode() != 200) {
      refused.countDown();
    }
  }

  private static void await(CountDownLatch refused) {
    try {
      refused.await(50, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
