package dev.espalier.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * As much of a Kubernetes API as a template can ask: which secrets there are. It also keeps Helm
 * away from the cluster of whoever runs the tests: the build points {@code KUBECONFIG} at the file
 * that is written here.
 */
final class FakeCluster {

  static final FakeCluster INSTANCE = new FakeCluster();

  private static final String SECRETS = "/api/v1/namespaces/" + Chart.NAMESPACE + "/secrets/";

  private final Map<String, String> secrets = new ConcurrentHashMap<>();

  private FakeCluster() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      Thread thread = new Thread(server::start, "fake-cluster");
      thread.setDaemon(true);
      thread.start();
      Files.writeString(
          Path.of(System.getenv("KUBECONFIG")),
          """
          apiVersion: v1
          kind: Config
          clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
          users: [{name: fake, user: {}}]
          contexts: [{name: fake, context: {cluster: fake, user: fake}}]
          current-context: fake
          """
              .formatted(server.getAddress().getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the secret there as JSON, as a release before would have left it. */
  void keep(String name, String json) {
    secrets.put(name, json);
  }

  void forget() {
    secrets.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    @Nullable String body =
        switch (path) {
          case "/api/v1" ->
              """
              {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
                {"name": "secrets", "kind": "Secret", "namespaced": true, "verbs": ["get"]}]}
              """;
          default ->
              path.startsWith(SECRETS) ? secrets.get(path.substring(SECRETS.length())) : null;
        };
    String notFound =
        "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\","
            + " \"reason\": \"NotFound\", \"code\": 404}";
    byte[] bytes = (body == null ? notFound : body).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
