package dev.espalier.equivalence.api;

import dev.espalier.equivalence.api.GroupsRequest.Step;
import dev.espalier.equivalence.api.PairsRequest.PairBody;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much one call may ask for; beyond it a problem with a code of its own. */
final class Limits {

  static final int MAX_STEPS = 256;
  static final int MAX_PAIRS = 1_000;
  static final int MAX_STEP_CHARACTERS = 8_000;
  static final int MAX_PROBLEM_CHARACTERS = 20_000;
  static final int MAX_PREFIX_STEPS = 128;

  private Limits() {}

  static void check(GroupsRequest request) {
    if (request.steps().size() > MAX_STEPS) {
      throw refused(413, "too_many_steps", "More than 256 steps", null);
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < request.steps().size(); i++) {
      Step step = request.steps().get(i);
      checkStep(step.text(), "steps[" + i + "].text");
      if (!ids.add(step.id())) {
        throw refused(422, "duplicate_id", "Two steps have the same id", "steps[" + i + "].id");
      }
    }
    checkContext(request.problem(), request.prefix(), "");
  }

  static void check(PairsRequest request) {
    if (request.pairs().size() > MAX_PAIRS) {
      throw refused(413, "too_many_pairs", "More than 1,000 pairs", null);
    }
    for (int i = 0; i < request.pairs().size(); i++) {
      PairBody pair = request.pairs().get(i);
      String at = "pairs[" + i + "].";
      checkStep(pair.a(), at + "a");
      checkStep(pair.b(), at + "b");
      checkContext(pair.problem(), pair.prefix(), at);
    }
  }

  private static void checkContext(
      @Nullable String problem, @Nullable List<String> prefix, String at) {
    if (problem != null && problem.length() > MAX_PROBLEM_CHARACTERS) {
      throw refused(422, "problem_too_long", "The problem is too long", at + "problem");
    }
    if (prefix == null) {
      return;
    }
    if (prefix.size() > MAX_PREFIX_STEPS) {
      throw refused(422, "prefix_too_long", "The prefix has too many steps", at + "prefix");
    }
    for (int i = 0; i < prefix.size(); i++) {
      checkStep(prefix.get(i), at + "prefix[" + i + "]");
    }
  }

  private static void checkStep(String step, String field) {
    if (step.length() > MAX_STEP_CHARACTERS) {
      throw refused(422, "step_too_long", "A step has more than 8,000 characters", field);
    }
  }

  private static ProblemException refused(
      int status, String code, String title, @Nullable String field) {
    return new ProblemException(
        new Problem(
            status,
            "equivalence." + code,
            title,
            field,
            false,
            field == null ? Map.of() : Map.of("field", field)));
  }
}
