package dev.espalier.gateway.core;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The headers that end at the next hop (RFC 9110 section 7.6.1), in lower case. */
public final class ConnectionHeaders {

  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "proxy-authenticate",
          "proxy-authorization");

  private ConnectionHeaders() {}

  /**
   * Those that are always of one hop, and those that this message names so.
   *
   * @param connection every value of the {@code Connection} header
   */
  public static Collection<String> of(List<String> connection) {
    if (connection.isEmpty()) {
      return ALWAYS;
    }
    Set<String> names = new HashSet<>(ALWAYS);
    for (String value : connection) {
      for (String name : value.split(",")) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
