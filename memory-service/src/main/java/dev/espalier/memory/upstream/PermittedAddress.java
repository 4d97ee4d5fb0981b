package dev.espalier.memory.upstream;

import dev.espalier.memory.core.ModelUnavailableException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Keeps requests out of the network that we run in: an address that is not public is refused,
 * unless the operator allows it. Checked after the name is resolved, before every request.
 */
record PermittedAddress(boolean allowsPrivate) {

  /**
   * @throws IllegalArgumentException for what is no plain http or https address
   */
  static URI parsed(URI url, String property) {
    boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!isHttp || url.getHost() == null || url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          property + " is an http or https address without a user, not " + url);
    }
    return url;
  }

  /**
   * @throws ModelUnavailableException when the host is unknown, or one of its addresses is refused
   */
  void check(URI url) {
    if (allowsPrivate) {
      return;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
        if (!isPublic(address)) {
          throw new ModelUnavailableException(
              "the endpoint's address is private, which allow-private-addresses does not permit");
        }
      }
    } catch (UnknownHostException e) {
      throw new ModelUnavailableException("the endpoint's host is unknown");
    }
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet6Address) {
      boolean isUniqueLocal = (first & 0xfe) == 0xfc; // RFC 4193
      boolean isTranslated = first == 0 && second == 0x64; // 64:ff9b::/96, RFC 6052
      return !isUniqueLocal && !isTranslated;
    }
    boolean isShared = first == 100 && (second & 0xc0) == 64; // RFC 6598
    boolean isThisNetwork = first == 0;
    boolean isReserved = first >= 240;
    boolean isBenchmark = first == 198 && (second & 0xfe) == 18;
    return !isShared && !isThisNetwork && !isReserved && !isBenchmark;
  }
}
