package dev.espalier.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A port on the loopback address that somebody of ours is about to take.
 *
 * @param owner who takes it
 * @param option how to give the owner another one
 */
record PortClaim(int port, String owner, String option) {

  /** What is on its way out, such as services of a killed launcher, gets so long to leave. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration STEP = Duration.ofMillis(100);

  /**
   * Checks that nobody has these ports.
   *
   * @throws LaunchException naming the first port that is taken, whose it should be, and the option
   */
  static void requireFree(List<PortClaim> claims) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (PortClaim claim : claims) {
      while (!claim.isFree()) {
        if (System.nanoTime() > deadline) {
          throw new LaunchException(claim + " is in use; set " + claim.option + " to another one");
        }
        LockSupport.parkNanos(STEP.toNanos());
      }
    }
  }

  @Override
  public String toString() {
    return "port " + port + " for " + owner;
  }

  private boolean isFree() {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
