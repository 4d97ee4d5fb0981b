package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the numbers in what a chat model says when it is asked for a list of them. Prose, fences
 * and thoughts around the list are skipped, and the last list of the right length is taken; a list
 * of another length is of no use, because nobody knows which step a number is for.
 */
final class ScoreList {

  private static final Pattern LIST = Pattern.compile("\\[[^\\[\\]]*]");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}(\\.\\d{1,20})?%?");

  private ScoreList() {}

  /** Clamped to 0-1. */
  static Optional<List<Double>> of(String content, int count) {
    Optional<List<Double>> found = Optional.empty();
    Matcher lists = LIST.matcher(Thoughts.strip(content).orElse(""));
    while (lists.find()) {
      Optional<List<Double>> scores = numbers(Json.read(lists.group()), count);
      found = scores.isPresent() ? scores : found;
    }
    return found;
  }

  private static Optional<List<Double>> numbers(JsonNode list, int count) {
    List<Double> scores = new ArrayList<>();
    for (JsonNode item : list) {
      double score = number(item);
      if (!Double.isFinite(score)) {
        return Optional.empty();
      }
      scores.add(Math.max(0, Math.min(1, score)));
    }
    return list.isArray() && scores.size() == count ? Optional.of(scores) : Optional.empty();
  }

  private static double number(JsonNode item) {
    if (item.isNumber()) {
      return item.doubleValue();
    }
    String text = item.isTextual() ? item.textValue().strip() : "";
    if (!NUMBER.matcher(text).matches()) {
      return Double.NaN;
    }
    return text.endsWith("%")
        ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
        : Double.parseDouble(text);
  }
}
