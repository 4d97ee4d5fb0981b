package dev.espalier.equivalence;

import dev.espalier.equivalence.artefact.DetectorArtefact;
import dev.espalier.equivalence.core.EquivalenceDetector;
import dev.espalier.equivalence.core.EquivalenceDetector.Pair;
import dev.espalier.equivalence.core.compare.Verdict;
import java.util.List;

/** The shipped detector without its encoder, for tests that take milliseconds. */
public final class Detectors {

  private static final float[] NO_VECTOR = {};

  private Detectors() {}

  public static EquivalenceDetector lexical() {
    return new EquivalenceDetector(DetectorArtefact.shipped().combiner(), text -> NO_VECTOR);
  }

  public static Verdict compare(String problem, String a, String b) {
    return lexical()
        .compare(List.of(new Pair("p", problem, List.of(), a, b)), 0.7)
        .verdicts()
        .get(0);
  }
}
