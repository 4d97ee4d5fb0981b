package dev.espalier.protocol.egress;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Which addresses a request may go to. A name is resolved and checked for every connection, and the
 * connection goes to the very address that was checked, so that a name which changes its address in
 * between leads nowhere.
 *
 * <p>Link-local addresses, where clouds keep their metadata, are refused even where the operator
 * allows private ones.
 */
public final class AddressPolicy {

  private AddressPolicy() {}

  /** The name leads to an address that is not allowed. */
  public static final class Forbidden extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Forbidden(String message) {
      super(message);
    }
  }

  /**
   * The first address of the name.
   *
   * @throws Forbidden where any address of the name is not allowed
   */
  public static InetAddress resolve(String host, boolean allowsPrivate)
      throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (InetAddress address : addresses) {
      if (!isAllowed(address, allowsPrivate)) {
        throw new Forbidden(
            allowsPrivate
                ? "leads to a link-local or reserved address"
                : "leads to a private, loopback or reserved address;"
                    + " set allow-private-addresses if that is meant");
      }
    }
    return addresses[0];
  }

  public static boolean isAllowed(InetAddress address, boolean allowsPrivate) {
    InetAddress effective = embedded(address);
    if (effective.isLinkLocalAddress()
        || effective.isMulticastAddress()
        || effective.isAnyLocalAddress()) {
      return false;
    }
    return allowsPrivate || !isPrivate(effective);
  }

  private static boolean isPrivate(InetAddress address) {
    if (address.isLoopbackAddress() || address.isSiteLocalAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (bytes.length == 16) {
      // Unique local addresses, fc00::/7, and whatever is no global unicast, 2000::/3.
      return (first & 0xe0) != 0x20;
    }
    return first == 0
        || first >= 240
        || (first == 100 && second >= 64 && second < 128)
        || (first == 192 && second == 0 && bytes[2] == 0)
        || (first == 198 && (second == 18 || second == 19));
  }

  /** The IPv4 address that a translating IPv6 address (64:ff9b::/96, 2002::/16) stands for. */
  private static InetAddress embedded(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    if (bytes[0] == 0x20 && bytes[1] == 0x02) {
      return ipv4(bytes, 2);
    }
    boolean isTranslated =
        bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
    return isTranslated ? ipv4(bytes, 12) : address;
  }

  private static InetAddress ipv4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
