package dev.espalier.memory.evaluation.recall;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A share of the turns to forget.
 *
 * @param isHard whether their words go, too, and not only their vectors
 */
record Cut(String strategy, double share, boolean isHard, long seed) {

  static final List<String> STRATEGIES = List.of("activation", "hema", "hema_as_printed", "random");

  static List<Cut> all(List<Double> shares, long seed) {
    List<Cut> cuts = new ArrayList<>();
    for (String strategy : STRATEGIES) {
      for (double share : shares) {
        cuts.add(new Cut(strategy, share, false, seed));
        cuts.add(new Cut(strategy, share, true, seed));
      }
    }
    return cuts;
  }

  /** How the measure of what is left is called. */
  String name() {
    return name(strategy, share, isHard);
  }

  static String name(String strategy, double share, boolean isHard) {
    return String.format(Locale.ROOT, "%s %s %s", strategy, isHard ? "hard" : "soft", share);
  }

  ObjectNode policy() {
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    policy.put("strategy", strategy).put("protect_newest", 0).put("seed", seed);
    policy.putObject("active").put("share", 1 - share);
    policy.putObject("searchable").put("share", isHard ? 1 - share : 1);
    return policy;
  }
}
