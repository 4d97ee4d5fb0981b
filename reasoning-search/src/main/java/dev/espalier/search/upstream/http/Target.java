package dev.espalier.search.upstream.http;

import dev.espalier.protocol.egress.AddressPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Where an upstream is, as the operator said; never a client.
 *
 * @param name the upstream's name in configuration, metrics and messages
 * @param url the base that paths are appended to, without a slash at its end
 * @param apiKey sent as bearer token
 * @param allowsPrivateAddresses whether it may be on loopback or in a private network
 * @param forwardsTenant whether it is told whose search it works for, under which request id, and
 *     how long anybody waits
 */
public record Target(
    String name,
    URI url,
    Optional<ApiKey> apiKey,
    boolean allowsPrivateAddresses,
    boolean forwardsTenant) {

  private static final Logger LOG = Logger.getLogger(Target.class);

  /**
   * @throws IllegalArgumentException that begins with the key at fault
   */
  public static URI base(String url) {
    URI uri;
    try {
      uri = new URI(url.strip().replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("url: is no URL", e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean isGood =
        (scheme.equals("http") || scheme.equals("https"))
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!isGood) {
      throw new IllegalArgumentException(
          "url: must be like https://host/v1, without user, query and fragment");
    }
    return uri;
  }

  /**
   * Refuses a host that leads where it may not. A host that cannot be resolved now is let pass: it
   * is checked again for every request.
   *
   * @throws IllegalArgumentException that begins with the key at fault
   */
  public void checkAddress() {
    try {
      AddressPolicy.resolve(host(), allowsPrivateAddresses);
    } catch (AddressPolicy.Forbidden e) {
      throw new IllegalArgumentException("url: " + e.getMessage(), e);
    } catch (UnknownHostException e) {
      LOG.warnf("upstream %s: the host of its url cannot be resolved now", name);
    }
  }

  boolean isEncrypted() {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /** The host without the brackets of an IPv6 address. */
  String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return url.getPort() >= 0 ? url.getPort() : isEncrypted() ? 443 : 80;
  }

  String path(String appended) {
    return (url.getRawPath() == null ? "" : url.getRawPath()) + appended;
  }
}
