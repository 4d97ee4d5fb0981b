package dev.espalier.equivalence.core.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much two texts or two collections have in common, from 0 to 1. */
public final class Similarity {

  private static final int MAX_EDIT_CHARACTERS = 600;

  private Similarity() {}

  /** Shared members over all members; two empty sets are alike. */
  public static double jaccard(Set<String> a, Set<String> b) {
    if (a.isEmpty() && b.isEmpty()) {
      return 1;
    }
    Set<String> shared = new HashSet<>(a);
    shared.retainAll(b);
    return (double) shared.size() / (a.size() + b.size() - shared.size());
  }

  /** Shared members over the members of the smaller set; an empty set is contained. */
  public static double containment(Set<String> a, Set<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() && b.isEmpty() ? 1 : 0;
    }
    Set<String> shared = new HashSet<>(a);
    shared.retainAll(b);
    return (double) shared.size() / Math.min(a.size(), b.size());
  }

  /** The same for multisets. */
  public static double jaccard(List<String> a, List<String> b) {
    if (a.isEmpty() && b.isEmpty()) {
      return 1;
    }
    Map<String, Integer> counts = new HashMap<>();
    a.forEach(x -> counts.merge(x, 1, Integer::sum));
    int shared = 0;
    for (String x : b) {
      int left = counts.getOrDefault(x, 0);
      if (left > 0) {
        counts.put(x, left - 1);
        shared++;
      }
    }
    return (double) shared / (a.size() + b.size() - shared);
  }

  /** One minus the edit distance over the length of the longer text. */
  public static double editRatio(String first, String second) {
    String a = first.substring(0, Math.min(first.length(), MAX_EDIT_CHARACTERS));
    String b = second.substring(0, Math.min(second.length(), MAX_EDIT_CHARACTERS));
    if (a.isEmpty() && b.isEmpty()) {
      return 1;
    }
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return 1 - (double) row[b.length()] / Math.max(a.length(), b.length());
  }
}
