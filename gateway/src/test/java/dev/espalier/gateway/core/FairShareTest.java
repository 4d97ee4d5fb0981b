package dev.espalier.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FairShareTest {

  private final List<String> started = new ArrayList<>();

  @Test
  void keepsHalfOfThePlacesForOthers() {
    FairShare share = new FairShare(4, 8);

    for (int i = 0; i < 5; i++) {
      enter(share, "a");
    }
    enter(share, "b");

    assertEquals(List.of("a", "a", "b"), started);
  }

  @Test
  void takesTenantsInTurn() {
    FairShare share = new FairShare(1, 8);
    FairShare.Ticket first = enter(share, "a");
    FairShare.Ticket second = enter(share, "a");
    enter(share, "a");
    FairShare.Ticket ofB = enter(share, "b");

    first.leave();
    second.leave();
    ofB.leave();

    assertEquals(List.of("a", "a", "b", "a"), started);
  }

  @Test
  void refusesWhoeverWaitsTooMuchAndNotTheOthers() {
    FairShare share = new FairShare(1, 4);
    for (int i = 0; i < 3; i++) {
      assertNotNull(enter(share, "a"));
    }

    assertNull(enter(share, "a"));
    assertNotNull(enter(share, "b"));
    assertNotNull(enter(share, "c"));
    assertNull(enter(share, "d"));
  }

  @Test
  void forgetsWhoeverStopsWaiting() {
    FairShare share = new FairShare(1, 4);
    FairShare.Ticket first = enter(share, "a");
    FairShare.Ticket impatient = enter(share, "b");
    enter(share, "c");

    impatient.leave();
    impatient.leave();
    first.leave();
    first.leave();

    assertEquals(List.of("a", "c"), started);
  }

  /**
   * T7 in virtual time: a service that takes 20 ms and has 8 places; b asks 20 times a second, a 20
   * times as often, which is all that the service can do.
   */
  @Test
  void aGreedyTenantCostsAnotherAtMostAQuarterOfItsP99() {
    long seed = System.nanoTime();
    double alone = percentile99(new Simulation(seed, 20, 0).run());
    double beside = percentile99(new Simulation(seed, 20, 400).run());

    System.out.printf(
        "T7: in virtual time b's p99 is %.1f ms alone and %.1f ms beside a at 20 times its load"
            + " (seed %d)%n",
        alone, beside, seed);
    assertTrue(beside <= alone * 1.25, "seed " + seed);
  }

  private FairShare.Ticket enter(FairShare share, String tenant) {
    return share.enter(tenant, () -> started.add(tenant));
  }

  private static double percentile99(double[] latencies) {
    Arrays.sort(latencies);
    return latencies[(int) Math.ceil(latencies.length * 0.99) - 1];
  }

  /** Random arrivals of two tenants over a minute, and a clock that jumps from event to event. */
  private static final class Simulation {

    private static final double SECONDS = 60;
    private static final double MILLIS_OF_WORK = 20;

    private record Event(double at, Runnable action) {}

    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingDouble(Event::at));
    private final FairShare share = new FairShare(8, 96);
    private final List<Double> latencies = new ArrayList<>();
    private double now;

    Simulation(long seed, double ofB, double ofA) {
      arrivals(new Random(seed), "b", ofB);
      arrivals(new Random(seed + 1), "a", ofA);
    }

    double[] run() {
      while (!events.isEmpty()) {
        Event next = events.remove();
        now = next.at;
        next.action.run();
      }
      return latencies.stream().mapToDouble(it -> it).toArray();
    }

    private void arrivals(Random random, String tenant, double perSecond) {
      double at = 0;
      while (perSecond > 0 && at < SECONDS * 1000) {
        at += -Math.log(1 - random.nextDouble()) * 1000 / perSecond;
        events.add(new Event(at, () -> arrive(tenant)));
      }
    }

    private void arrive(String tenant) {
      double came = now;
      FairShare.Ticket[] ticket = new FairShare.Ticket[1];
      ticket[0] =
          share.enter(
              tenant,
              () -> events.add(new Event(now + MILLIS_OF_WORK, () -> end(tenant, came, ticket))));
    }

    private void end(String tenant, double came, FairShare.Ticket[] ticket) {
      if (tenant.equals("b")) {
        latencies.add(now - came);
      }
      ticket[0].leave();
    }
  }
}
