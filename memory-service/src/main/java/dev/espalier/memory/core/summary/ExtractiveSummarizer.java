package dev.espalier.memory.core.summary;

import dev.espalier.memory.core.TokenCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Picks the sentences that together say most, word for word; needs no model. */
public final class ExtractiveSummarizer {

  /*
   * Greedy cover of weighted words under a token budget: the standard (1 - 1/e) approximation of the
   * budgeted maximum coverage problem (Khuller, Moss and Naor, 1999), with a word's weight its inverse
   * document frequency among the sentences at hand. Deviations: the gain is divided by tokens^0.7, not
   * by tokens, because fragments would win; a word that occurs once counts half, because most of those
   * are noise. Gains only fall, so a stale gain is an upper bound and is computed anew only at the
   * head of the queue (Minoux's lazy greedy). Cost: O(sentences * words), some milliseconds for 100
   * turns.
   */
  private static final double LENGTH_EXPONENT = 0.7;

  private static final double SINGLE_OCCURRENCE = 0.5;

  private final TokenCounter tokens;
  private final int headlineTokens;
  private final int bodyTokens;

  /**
   * @param headlineTokens the most that a headline takes
   * @param bodyTokens the most that a body takes
   */
  public ExtractiveSummarizer(TokenCounter tokens, int headlineTokens, int bodyTokens) {
    this.tokens = tokens;
    this.headlineTokens = headlineTokens;
    this.bodyTokens = bodyTokens;
  }

  /** The summary of turns: their sentences, with the speakers' names. */
  public Summary ofSegment(Segment segment) {
    List<Sentence> sentences = new ArrayList<>();
    segment
        .turns()
        .forEach(
            turn -> {
              String indexed = turn.said().indexedText();
              String who = indexed.substring(0, indexed.length() - turn.content().length());
              Sentences.of(turn.content())
                  .forEach(text -> sentences.add(new Sentence(who + text, List.of(turn.seq()))));
            });
    return of(sentences);
  }

  /** The summary of summaries: sentences of their bodies, which keep the turns they come from. */
  public Summary ofSummaries(List<Summary> summaries) {
    return of(summaries.stream().flatMap(summary -> summary.body().stream()).toList());
  }

  private Summary of(List<Sentence> sentences) {
    List<Sentence> body = cover(sentences, bodyTokens);
    return new Summary(cover(body, headlineTokens), body);
  }

  private List<Sentence> cover(List<Sentence> sentences, int budget) {
    List<Candidate> candidates = new ArrayList<>();
    Map<String, Integer> frequencies = new HashMap<>();
    for (int i = 0; i < sentences.size(); i++) {
      Sentence sentence = sentences.get(i);
      Set<String> words = Words.of(sentence.text());
      words.forEach(word -> frequencies.merge(word, 1, Integer::sum));
      candidates.add(new Candidate(i, words, 1 + tokens.count(sentence.text())));
    }
    Map<String, Double> weights = weights(frequencies, sentences.size());
    return pick(candidates, weights, budget).stream().map(sentences::get).toList();
  }

  private static List<Integer> pick(
      List<Candidate> candidates, Map<String, Double> weights, int budget) {
    PriorityQueue<Gain> queue =
        new PriorityQueue<>(
            Comparator.comparingDouble(Gain::value)
                .reversed()
                .thenComparingInt(gain -> gain.candidate().index()));
    Set<String> covered = new HashSet<>();
    candidates.forEach(candidate -> queue.add(Gain.of(candidate, weights, covered)));
    List<Integer> picked = new ArrayList<>();
    int left = budget;
    while (!queue.isEmpty()) {
      Gain best = queue.remove();
      if (best.value() <= 0 || best.candidate().cost() > left) {
        continue;
      }
      Gain now = Gain.of(best.candidate(), weights, covered);
      if (now.value() < best.value()) {
        queue.add(now);
        continue;
      }
      picked.add(best.candidate().index());
      covered.addAll(best.candidate().words());
      left -= best.candidate().cost();
    }
    picked.sort(null);
    return picked;
  }

  private static Map<String, Double> weights(Map<String, Integer> frequencies, int sentences) {
    Map<String, Double> weights = new HashMap<>();
    frequencies.forEach(
        (word, df) -> {
          double idf = Math.log(1 + (sentences - df + 0.5) / (df + 0.5));
          weights.put(word, df == 1 ? SINGLE_OCCURRENCE * idf : idf);
        });
    return weights;
  }

  /** A sentence that may be picked. */
  private record Candidate(int index, Set<String> words, int cost) {}

  /** What picking it would add, when it was last asked. */
  private record Gain(Candidate candidate, double value) {

    static Gain of(Candidate candidate, Map<String, Double> weights, Set<String> covered) {
      double sum = 0;
      for (String word : candidate.words()) {
        if (!covered.contains(word)) {
          sum += weights.getOrDefault(word, 0.0);
        }
      }
      return new Gain(candidate, sum / Math.pow(candidate.cost(), LENGTH_EXPONENT));
    }
  }
}
