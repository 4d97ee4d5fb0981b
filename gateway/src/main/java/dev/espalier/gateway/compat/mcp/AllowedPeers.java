package dev.espalier.gateway.compat.mcp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which names the gateway may be addressed by and which web pages may do so: a page that had its
 * own name point to this machine would otherwise reach it through the user's browser.
 */
final class AllowedPeers {

  private static final String ANY = "*";

  private final Set<String> hosts;
  private final Set<String> origins;

  AllowedPeers(Collection<String> hosts, Collection<String> origins) {
    this.hosts = lower(hosts);
    this.origins = lower(origins);
  }

  /**
   * @param authority of the request: a host, with or without a port
   */
  boolean allowsHost(String authority) {
    return hosts.contains(ANY) || hosts.contains(hostOf(authority));
  }

  /**
   * @param origin of the page, or null for a client that is no browser
   */
  boolean allowsOrigin(@Nullable String origin) {
    if (origin == null || origins.contains(ANY)) {
      return true;
    }
    String name = origin.toLowerCase(Locale.ROOT);
    if (origins.contains(name)) {
      return true;
    }
    try {
      URI uri = new URI(name);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && hosts.contains(uri.getHost());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String hostOf(String authority) {
    int port = authority.lastIndexOf(':');
    String host = port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
    return host.toLowerCase(Locale.ROOT);
  }

  private static Set<String> lower(Collection<String> names) {
    return names.stream()
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
