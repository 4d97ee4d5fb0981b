package dev.espalier.protocol.egress;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The base that the paths of an upstream are appended to, as the operator said; never a client.
 *
 * @param uri without a slash at its end
 */
public record UpstreamUrl(URI uri) {

  private static final Logger LOG = Logger.getLogger(UpstreamUrl.class);

  /** What is an address already, so that nobody has to be asked for one. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

  /**
   * @throws IllegalArgumentException that begins with {@code url:}
   */
  public static UpstreamUrl parse(String url) {
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
    return new UpstreamUrl(uri);
  }

  /**
   * Refuses a host that leads where it may not. A host that cannot be resolved now is let pass: it
   * is checked again for every request.
   *
   * @param name the upstream's, for the log
   * @param allowsPrivate whether it may be on loopback or in a private network
   * @throws IllegalArgumentException that begins with {@code url:}
   */
  public void check(String name, boolean allowsPrivate) {
    try {
      resolve(allowsPrivate);
    } catch (AddressPolicy.Forbidden e) {
      throw new IllegalArgumentException("url: " + e.getMessage(), e);
    } catch (UnknownHostException e) {
      LOG.warnf("upstream %s: the host of its url cannot be resolved now", name);
    }
  }

  /**
   * An address that is allowed; blocks while a name is looked up.
   *
   * @throws AddressPolicy.Forbidden where any address of the host is not allowed
   */
  public InetAddress resolve(boolean allowsPrivate) throws UnknownHostException {
    return AddressPolicy.resolve(host(), allowsPrivate);
  }

  public boolean isLiteral() {
    return LITERAL.matcher(host()).matches();
  }

  public boolean isEncrypted() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** The host without the brackets of an IPv6 address. */
  public String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public int port() {
    return uri.getPort() >= 0 ? uri.getPort() : isEncrypted() ? 443 : 80;
  }

  public String path(String appended) {
    return (uri.getRawPath() == null ? "" : uri.getRawPath()) + appended;
  }
}
