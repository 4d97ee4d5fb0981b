package dev.espalier.gateway.core.rank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks by words first and by meaning then: the documents that share most with the query, at most
 * {@link #EMBEDDED}, are compared as vectors too.
 */
public final class Cascade {

  /** Each costs the encoder some ten milliseconds. */
  public static final int EMBEDDED = 50;

  /** Unrelated texts have about this cosine with e5-small-v2; it never comes near 0. */
  private static final double UNRELATED = 0.7;

  private final double[] lexical;

  /** A document's place in the request, and its score, 0 to 1. */
  public record Ranked(int index, double score) {}

  public Cascade(String query, List<String> documents) {
    lexical = Bm25.scores(query, documents);
    double most = IntStream.range(0, lexical.length).mapToDouble(i -> lexical[i]).max().orElse(0);
    for (int i = 0; i < lexical.length && most > 0; i++) {
      lexical[i] /= most;
    }
  }

  /** The documents that deserve a vector, the best first. */
  public List<Integer> candidates() {
    return IntStream.range(0, lexical.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -lexical[i]))
        .limit(EMBEDDED)
        .toList();
  }

  /**
   * All documents, the best first.
   *
   * @param query its unit vector
   * @param vectors unit vectors of the {@link #candidates}, in their order
   */
  public List<Ranked> rank(float[] query, List<float[]> vectors) {
    List<Integer> candidates = candidates();
    double[] score = new double[lexical.length];
    for (int i = 0; i < score.length; i++) {
      score[i] = lexical[i] / 2;
    }
    for (int i = 0; i < vectors.size(); i++) {
      double cosine = dot(query, vectors.get(i));
      double meaning = Math.min(1, Math.max(0, (cosine - UNRELATED) / (1 - UNRELATED)));
      score[candidates.get(i)] += meaning / 2;
    }
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < score.length; i++) {
      ranked.add(new Ranked(i, score[i]));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
    return ranked;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
