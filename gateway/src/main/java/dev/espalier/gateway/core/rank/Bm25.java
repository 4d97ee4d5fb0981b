package dev.espalier.gateway.core.rank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Scores a handful of documents by the words that they share with a query. */
public final class Bm25 {

  /*
   * Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), section 3.4, with the
   * usual k1 = 1.2 and b = 0.75 and the idf that cannot be negative. The collection is the request's
   * own documents. Words are runs of letters and digits, whole; nothing is stemmed.
   */
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private Bm25() {}

  /** A score for each document, 0 or more, in their order. */
  public static double[] scores(String query, List<String> documents) {
    List<Map<String, Integer>> counts = new ArrayList<>();
    Map<String, Integer> documentsWith = new HashMap<>();
    double words = 0;
    for (String document : documents) {
      Map<String, Integer> count = count(document);
      counts.add(count);
      count.keySet().forEach(word -> documentsWith.merge(word, 1, Integer::sum));
      words += length(count);
    }
    double mean = Math.max(1, words / Math.max(1, documents.size()));
    Set<String> asked = new HashSet<>(count(query).keySet());
    double[] scores = new double[documents.size()];
    for (int i = 0; i < scores.length; i++) {
      Map<String, Integer> count = counts.get(i);
      double norm = K1 * (1 - B + B * length(count) / mean);
      for (String word : asked) {
        int times = count.getOrDefault(word, 0);
        int with = documentsWith.getOrDefault(word, 0);
        double idf = Math.log(1 + (documents.size() - with + 0.5) / (with + 0.5));
        scores[i] += idf * times * (K1 + 1) / (times + norm);
      }
    }
    return scores;
  }

  private static Map<String, Integer> count(String text) {
    Map<String, Integer> count = new HashMap<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty()) {
        count.merge(word, 1, Integer::sum);
      }
    }
    return count;
  }

  private static int length(Map<String, Integer> count) {
    return count.values().stream().mapToInt(Integer::intValue).sum();
  }
}
