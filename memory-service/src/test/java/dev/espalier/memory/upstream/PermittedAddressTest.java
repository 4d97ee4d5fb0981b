package dev.espalier.memory.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermittedAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "::"
      })
  void takesNoPrivateAddressForAPublicOne(String address) throws UnknownHostException {
    assertFalse(PermittedAddress.isPublic(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111"})
  void takesPublicOnes(String address) throws UnknownHostException {
    assertTrue(PermittedAddress.isPublic(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://h/x", "http:///x", "http://u:p@h/x", "x"})
  void refusesOtherThanPlainHttpAddresses(String url) {
    assertThrows(
        IllegalArgumentException.class, () -> PermittedAddress.parsed(URI.create(url), "p"));
  }
}
