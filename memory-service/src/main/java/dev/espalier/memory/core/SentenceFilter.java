package dev.espalier.memory.core;

import dev.espalier.memory.core.summary.Sentences;
import dev.espalier.memory.core.summary.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Shortens long turns to the sentences that have to do with a question. */
final class SentenceFilter {

  /*
   * The coarse stage of DSPC: sentences are ranked by the TF-IDF weight that they share with the
   * query, and the best stay until a share of the turn's characters is used. Deviation: weights come
   * from the sentences at hand, since there is no corpus; a turn that shares nothing with the query
   * keeps its beginning. What is left out is marked, so that nobody takes the rest for the whole.
   */
  private static final String LEFT_OUT = "[...]";

  private static final int LONG_CHARACTERS = 400;

  private static final double KEPT = 0.5;

  private final Set<String> query;
  private final Map<String, Double> weights = new HashMap<>();

  /**
   * @param query what the context is for
   * @param turns the turns that may be shortened; their sentences give the weights
   */
  SentenceFilter(String query, Collection<Turn> turns) {
    this.query = Words.of(query);
    Map<String, Integer> frequencies = new HashMap<>();
    int sentences = 0;
    for (Turn turn : turns) {
      for (String sentence : Sentences.of(turn.content())) {
        sentences++;
        Set<String> shared = new HashSet<>(Words.of(sentence));
        shared.retainAll(this.query);
        shared.forEach(word -> frequencies.merge(word, 1, Integer::sum));
      }
    }
    int total = sentences;
    frequencies.forEach(
        (word, df) -> weights.put(word, Math.log(1 + (total - df + 0.5) / (df + 0.5))));
  }

  /** The turn with a shorter content, or the turn itself where it is short enough. */
  Turn shorten(Turn turn) {
    if (turn.content().length() <= LONG_CHARACTERS) {
      return turn;
    }
    List<String> sentences = Sentences.of(turn.content());
    TreeSet<Integer> kept = pick(sentences, (int) (turn.content().length() * KEPT));
    if (kept.size() == sentences.size()) {
      return turn;
    }
    NewTurn said = turn.said();
    return new Turn(
        turn.seq(),
        new NewTurn(
            said.role(),
            said.speaker(),
            join(sentences, kept),
            said.occurredAt(),
            said.clientTurnId(),
            said.metadata()),
        turn.storedAt());
  }

  private TreeSet<Integer> pick(List<String> sentences, int characters) {
    List<Integer> bestFirst = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      bestFirst.add(i);
    }
    bestFirst.sort(Comparator.comparingDouble(i -> -weight(sentences.get(i))));
    TreeSet<Integer> kept = new TreeSet<>();
    int used = 0;
    for (int i : bestFirst) {
      if (kept.isEmpty() || used + sentences.get(i).length() <= characters) {
        kept.add(i);
        used += sentences.get(i).length();
      }
    }
    return kept;
  }

  private double weight(String sentence) {
    return Words.of(sentence).stream().mapToDouble(word -> weights.getOrDefault(word, 0.0)).sum();
  }

  private static String join(List<String> sentences, TreeSet<Integer> kept) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      if (kept.contains(i)) {
        parts.add(sentences.get(i));
      } else if (parts.isEmpty() || !parts.get(parts.size() - 1).equals(LEFT_OUT)) {
        parts.add(LEFT_OUT);
      }
    }
    return String.join(" ", parts);
  }
}
