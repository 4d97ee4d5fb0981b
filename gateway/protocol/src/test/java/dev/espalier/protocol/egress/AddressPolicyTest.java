package dev.espalier.protocol.egress;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "100.128.0.1", "2606:4700::1111", "172.32.0.1"})
  void letsPublicAddressesPass(String address) throws Exception {
    assertTrue(AddressPolicy.isAllowed(InetAddress.getByName(address), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1",
        "100.100.100.200", "198.18.0.1", "192.0.0.192", "0.1.2.3", "255.255.255.255", "::1",
        "fd00:ec2::254", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:0a00:0001::1"
      })
  void keepsPrivateOnesForThoseThatMayUseThem(String address) throws Exception {
    InetAddress resolved = InetAddress.getByName(address);

    assertFalse(AddressPolicy.isAllowed(resolved, false));
    assertTrue(AddressPolicy.isAllowed(resolved, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "fe80::1",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "::ffff:169.254.169.254",
        "64:ff9b::169.254.169.254"
      })
  void refusesMetadataToAll(String address) throws Exception {
    assertFalse(AddressPolicy.isAllowed(InetAddress.getByName(address), true));
  }
}
