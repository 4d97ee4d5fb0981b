package dev.espalier.memory.core.summary;

import dev.espalier.memory.core.summary.Abstractor.Excerpt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps of a model's facts those that the excerpts they cite speak for: at least half of a fact's
 * words stand there, and all of its numbers. A cheap check, which finds what was made up or cited
 * wrongly, not what was understood wrongly. Cost: O(words).
 */
final class Grounding {

  private static final double MIN_SHARE = 0.5;

  private final Map<Long, Excerpt> excerpts = new HashMap<>();

  Grounding(List<Excerpt> excerpts) {
    excerpts.forEach(excerpt -> this.excerpts.put(excerpt.number(), excerpt));
  }

  /** The facts that are kept, with the turns behind the excerpts they cite. */
  List<Sentence> kept(List<Sentence> facts) {
    List<Sentence> kept = new ArrayList<>();
    for (Sentence fact : facts) {
      List<Excerpt> cited = fact.seqs().stream().distinct().map(excerpts::get).toList();
      if (!cited.contains(null) && isGrounded(fact.text(), cited)) {
        kept.add(
            new Sentence(
                fact.text(),
                cited.stream().flatMap(of -> of.seqs().stream()).distinct().sorted().toList()));
      }
    }
    return kept;
  }

  private static boolean isGrounded(String fact, List<Excerpt> cited) {
    Set<String> words = Words.of(fact);
    Set<String> said = new HashSet<>();
    cited.forEach(excerpt -> said.addAll(Words.of(excerpt.text())));
    boolean areNumbersSaid = words.stream().filter(Grounding::isNumber).allMatch(said::contains);
    long shared = words.stream().filter(said::contains).count();
    return !words.isEmpty() && areNumbersSaid && shared >= MIN_SHARE * words.size();
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
  }
}
