package dev.espalier.gateway.upstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Where a service is and how much patience it gets.
 *
 * @param name the service's name in configuration, metrics and messages
 * @param host where it listens
 * @param port where it listens
 * @param timeout until the head of an answer
 * @param connectTimeout until a connection stands
 * @param idleTimeout of silence in the middle of an answer
 * @param places requests at a time that wait for the head of an answer, shared among tenants
 * @param maxWaiting requests that wait for a place
 * @param maxConnections connections in all
 * @param breaker when to stop asking
 */
public record ServiceOptions(
    String name,
    String host,
    int port,
    Duration timeout,
    Duration connectTimeout,
    Duration idleTimeout,
    int places,
    int maxWaiting,
    int maxConnections,
    Breaker breaker) {

  /**
   * When a service counts as broken.
   *
   * @param requests over which the failures are counted
   * @param failureRatio that opens it, above 0 up to 1
   * @param delay until one request tries again
   */
  public record Breaker(int requests, double failureRatio, Duration delay) {

    public Breaker {
      check(requests > 0, "breaker.requests", "must be positive");
      check(failureRatio > 0 && failureRatio <= 1, "breaker.failure-ratio", "must be in (0, 1]");
      check(isPositive(delay), "breaker.delay", "must be positive");
    }
  }

  public ServiceOptions {
    check(isPositive(timeout), "timeout", "must be positive");
    check(isPositive(connectTimeout), "connect-timeout", "must be positive");
    check(idleTimeout.compareTo(timeout) >= 0, "idle-timeout", "must not be below timeout");
    check(places > 0, "places", "must be positive");
    check(maxWaiting > 0, "max-waiting", "must be positive");
    check(maxConnections >= places, "max-connections", "must not be below places");
  }

  /** An http address without path, such as {@code http://127.0.0.1:8083}. */
  public static URI address(String url) {
    try {
      URI uri = new URI(url);
      check(
          "http".equals(uri.getScheme())
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && (uri.getPath().isEmpty() || uri.getPath().equals("/"))
              && uri.getQuery() == null
              && uri.getFragment() == null,
          "url",
          "must be like http://host:port, not " + url);
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("url: is no URL: " + url, e);
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void check(boolean holds, String key, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(key + ": " + otherwise);
    }
  }
}
