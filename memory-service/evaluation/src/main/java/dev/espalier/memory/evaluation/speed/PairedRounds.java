package dev.espalier.memory.evaluation.speed;

import dev.espalier.measuring.stats.Sample;
import dev.espalier.memory.evaluation.client.MemoryApi;
import java.util.ArrayList;
import java.util.List;

/**
 * The same requests through the gateway and directly, in turn.
 *
 * <p>What else the machine does then hits both alike, so the difference of the two medians of a
 * round is what the gateway adds, even where the medians themselves drift.
 */
final class PairedRounds {

  private final MemoryApi gateway;
  private final MemoryApi direct;
  private final int rounds;
  private final int requests;

  /**
   * @param requests to each side in each round
   */
  PairedRounds(MemoryApi gateway, MemoryApi direct, int rounds, int requests) {
    this.gateway = gateway;
    this.direct = direct;
    this.rounds = rounds;
    this.requests = requests;
  }

  /** Measures after one round that does not count, in which both sides warm up. */
  Comparison measure(String operation, Probe probe) {
    round(probe);
    List<Round> measured = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      measured.add(round(probe));
    }
    return new Comparison(operation, measured);
  }

  private Round round(Probe probe) {
    double[] throughGateway = new double[requests];
    double[] directly = new double[requests];
    for (int i = 0; i < requests; i++) {
      // Each side sends every request, but never right after the other side has sent the same one,
      // which would find its pages and its words warm.
      int other = (i + requests / 2) % requests;
      if (i % 2 == 0) {
        throughGateway[i] = probe.send(gateway, i) / 1e6;
        directly[i] = probe.send(direct, other) / 1e6;
      } else {
        directly[i] = probe.send(direct, other) / 1e6;
        throughGateway[i] = probe.send(gateway, i) / 1e6;
      }
    }
    return new Round(Sample.of(throughGateway), Sample.of(directly));
  }

  /** The milliseconds of one round. */
  record Round(Sample gateway, Sample direct) {}
}
