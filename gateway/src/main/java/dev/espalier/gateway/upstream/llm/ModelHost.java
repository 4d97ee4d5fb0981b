package dev.espalier.gateway.upstream.llm;

import dev.espalier.protocol.egress.AddressPolicy;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Where a language model is, as the operator said; never a client.
 *
 * @param name the upstream's name in configuration, metrics and messages
 * @param url the base that paths are appended to, without a slash at its end
 * @param apiKey sent as bearer token, printed nowhere
 * @param allowsPrivateAddresses whether it may be on loopback or in a private network
 */
public record ModelHost(
    String name, URI url, Optional<String> apiKey, boolean allowsPrivateAddresses) {

  private static final Logger LOG = Logger.getLogger(ModelHost.class);

  /** What is an address already, so that nobody has to be asked for one. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

  public ModelHost {
    apiKey.ifPresent(
        key -> {
          if (key.isBlank() || key.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new IllegalArgumentException("api-key: must be visible ASCII without spaces");
          }
        });
  }

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
      resolve();
    } catch (AddressPolicy.Forbidden e) {
      throw new IllegalArgumentException("url: " + e.getMessage(), e);
    } catch (UnknownHostException e) {
      LOG.warnf("upstream %s: the host of its url cannot be resolved now", name);
    }
  }

  /** An address that is allowed; blocks while a name is looked up. */
  InetAddress resolve() throws UnknownHostException {
    return AddressPolicy.resolve(host(), allowsPrivateAddresses);
  }

  boolean isLiteral() {
    return LITERAL.matcher(host()).matches();
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

  @Override
  public String toString() {
    return name;
  }
}
