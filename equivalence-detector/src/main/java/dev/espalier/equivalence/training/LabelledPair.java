package dev.espalier.equivalence.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two sibling steps and whether they are equivalent: one line of a labelled JSONL file.
 *
 * @param id names the pair
 * @param source where the steps come from, or "synthetic"
 * @param problem groups pairs: pairs of one problem are never in training and test together
 * @param prefix the steps before
 * @param weight how much the pair counts in training; 1 for a hand label
 */
record LabelledPair(
    String id,
    String source,
    String problem,
    List<String> prefix,
    String a,
    String b,
    boolean equivalent,
    double weight) {

  LabelledPair {
    prefix = List.copyOf(prefix);
  }

  LabelledPair weighing(double newWeight) {
    return new LabelledPair(id, source, problem, prefix, a, b, equivalent, newWeight);
  }

  /** Reads a file; the prefix is a list of steps, or one string with " | " between the steps. */
  static List<LabelledPair> read(Path file) {
    ObjectMapper json = new ObjectMapper();
    List<LabelledPair> pairs = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          pairs.add(of(json.readTree(line)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is not labelled JSONL", e);
    }
    return pairs;
  }

  private static LabelledPair of(JsonNode line) {
    return new LabelledPair(
        line.path("id").asText(),
        line.path("source").asText("unknown"),
        line.path("problem").asText(),
        prefix(line.path("prefix")),
        line.path("a").asText(),
        line.path("b").asText(),
        line.path("equivalent").asBoolean(),
        line.path("weight").asDouble(1));
  }

  private static List<String> prefix(JsonNode prefix) {
    if (prefix.isTextual()) {
      return Arrays.stream(prefix.asText().split(" \\| ", -1)).filter(s -> !s.isBlank()).toList();
    }
    List<String> steps = new ArrayList<>();
    prefix.forEach(step -> steps.add(step.asText()));
    return steps;
  }
}
