package dev.espalier.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * A port on the loopback address that somebody of ours is about to take.
 *
 * @param owner who takes it
 * @param option how to give the owner another one
 */
record PortClaim(int port, String owner, String option) {

  /**
   * Checks that nobody has these ports.
   *
   * @throws LaunchException naming the first port that is taken, whose it should be, and the option
   */
  static void requireFree(List<PortClaim> claims) {
    for (PortClaim claim : claims) {
      claim.requireFree();
    }
  }

  private void requireFree() {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    } catch (IOException e) {
      throw new LaunchException(
          "port %d for %s is in use; set %s to another one".formatted(port, owner, option), e);
    }
  }
}
