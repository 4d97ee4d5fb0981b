package dev.espalier.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A request as it came over the wire.
 *
 * @param target path and query
 * @param headers by lower-case name
 * @param body without its transfer encoding
 * @param clientGone completes when the client ends the connection before the reply is complete
 */
public record ReceivedRequest(
    String method,
    String target,
    Map<String, List<String>> headers,
    String body,
    CompletableFuture<Void> clientGone) {

  public ReceivedRequest {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  static ReceivedRequest of(
      String method, String target, Map<String, List<String>> headers, byte[] body) {
    return new ReceivedRequest(
        method, target, headers, new String(body, UTF_8), new CompletableFuture<>());
  }
}
