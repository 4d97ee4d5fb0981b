package dev.espalier.equivalence.core.group;

import dev.espalier.equivalence.core.claims.Claim;
import dev.espalier.equivalence.core.claims.Givens;
import dev.espalier.equivalence.core.claims.Progress;
import dev.espalier.equivalence.core.claims.StepReading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * A hash of what is known after the prefix and a step: equal signatures, equal sets of facts,
 * whatever the order in which they were found. A caller can use it to meet the same state on
 * another branch. It is made to be precise: the same state in other words may have another
 * signature.
 */
public final class StateSignature {

  private static final int HEX_DIGITS = 32;

  private final Givens problem;
  private final TreeSet<String> prefixFacts = new TreeSet<>();

  public StateSignature(String problem, List<String> prefix) {
    this.problem = Givens.of(problem, List.of());
    prefix.forEach(step -> addFacts(StepReading.of(step, this.problem), prefixFacts));
  }

  /** The signature after the prefix and this step. */
  public String after(String step) {
    StepReading reading = StepReading.of(step, problem);
    TreeSet<String> facts = new TreeSet<>();
    if (reading.state().isPresent()) {
      facts.add("state " + reading.state().get());
    } else {
      facts.addAll(prefixFacts);
      addFacts(reading, facts);
    }
    return hash(String.join("\n", facts));
  }

  private static void addFacts(StepReading step, TreeSet<String> facts) {
    step.claims().forEach(claim -> facts.add(fact(claim)));
    if (step.progress() == Progress.ANNOUNCES) {
      facts.add("goal " + new TreeSet<>(step.goal()));
    } else if (step.progress() == Progress.STATES || step.progress() == Progress.DEFINES) {
      facts.add("words " + new TreeSet<>(step.words()) + (step.isNegative() ? " not" : ""));
    }
  }

  private static String fact(Claim claim) {
    List<String> unit = claim.slots().unit();
    String noun = unit.isEmpty() ? "" : unit.get(unit.size() - 1);
    String of = claim.slots().currency() ? "dollar" : noun;
    return (claim.isTrue() ? "" : "wrong ") + claim.key() + " " + of + " " + claim.slots().rate();
  }

  private static String hash(String facts) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(facts.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
