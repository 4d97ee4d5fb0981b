package dev.espalier.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;

/** The operator: works with the configured key, and makes keys for others. */
final class AdminClient {

  private final URI gateway;
  private final GatewayClient client;

  AdminClient(URI gateway) {
    this.gateway = gateway;
    this.client = new GatewayClient(gateway);
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        client.request("/v1/admin" + path).method(method, BodyPublishers.ofString(body)));
  }

  JsonNode ok(String method, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send(method, path, body);
    assertEquals(2, response.statusCode() / 100, response.body());
    return GatewayClient.read(response.body().isEmpty() ? "{}" : response.body());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = client.get("/v1/admin" + path);
    assertEquals(200, response.statusCode(), response.body());
    return GatewayClient.read(response.body());
  }

  String newTenant() throws IOException, InterruptedException {
    String tenant = "t-" + UUID.randomUUID();
    ok("POST", "/tenants", "{\"id\": \"%s\"}".formatted(tenant));
    return tenant;
  }

  /** A key; {@code members} are further members of the request, each with a comma in front. */
  JsonNode newKey(String tenant, String members) throws IOException, InterruptedException {
    return ok(
        "POST", "/keys", "{\"tenant\": \"%s\", \"name\": \"a key\"%s}".formatted(tenant, members));
  }

  /** A request with a key of one's own in a header of one's own. */
  HttpResponse<String> as(String header, String value, String target)
      throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(gateway.resolve(target)).header(header, value));
  }

  HttpResponse<String> as(String key, String target) throws IOException, InterruptedException {
    return as("Authorization", "Bearer " + key, target);
  }
}
