package dev.espalier.memory.evaluation.client;

import dev.espalier.measuring.command.CommandException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the API is, and the headers that let us in.
 *
 * @param name how reports call it
 */
public record Endpoint(String name, URI base, Map<String, String> headers) {

  public Endpoint {
    headers = Map.copyOf(headers);
  }

  /** The gateway, which wants a key. */
  public static Endpoint gateway(String url, String key) {
    return new Endpoint("gateway", uri(url), Map.of("Authorization", "Bearer " + key));
  }

  /** The service itself, which believes what the gateway would tell it. */
  public static Endpoint direct(String url) {
    return new Endpoint("direct", uri(url), Map.of("X-Espalier-Tenant", "local"));
  }

  /** The same with so much time for the service to answer. */
  public Endpoint within(Duration time) {
    Map<String, String> more = new HashMap<>(headers);
    more.put("X-Espalier-Timeout-Ms", Long.toString(time.toMillis()));
    return new Endpoint(name, base, more);
  }

  private static URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new CommandException("not a URL: " + url, e);
    }
  }
}
