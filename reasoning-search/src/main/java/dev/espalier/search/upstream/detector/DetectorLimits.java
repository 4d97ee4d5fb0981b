package dev.espalier.search.upstream.detector;

import dev.espalier.search.core.port.Need;
import java.util.ArrayList;
import java.util.List;

/** How much the detector takes in one call. What does not fit is compared by its text. */
final class DetectorLimits {

  static final int MAX_STEPS = 256;
  static final int MAX_STEP_CHARACTERS = 8_000;
  static final int MAX_PROBLEM_CHARACTERS = 20_000;
  static final int MAX_PREFIX_STEPS = 128;

  private DetectorLimits() {}

  /** Whether the context fits; without it no step can be compared. */
  static boolean fits(String problem, List<String> prefix) {
    return problem.length() <= MAX_PROBLEM_CHARACTERS
        && prefix.size() <= MAX_PREFIX_STEPS
        && prefix.stream().allMatch(step -> step.length() <= MAX_STEP_CHARACTERS);
  }

  /** The indices of the candidates that fit, from the first on. */
  static List<Integer> fitting(Need.Group need) {
    List<Integer> fitting = new ArrayList<>();
    for (int i = 0; i < need.candidates().size() && fitting.size() < MAX_STEPS; i++) {
      if (need.candidates().get(i).text().length() <= MAX_STEP_CHARACTERS) {
        fitting.add(i);
      }
    }
    return fitting;
  }
}
