package dev.espalier.equivalence.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Invented sibling steps, sorted into classes of equivalent ones: mostly competition mathematics,
 * which the labelled word problems do not cover. Two steps of a class are an equivalent pair, two
 * steps of different classes are a different one.
 */
final class InventedClasses {

  private static final String RESOURCE = "invented-classes.jsonl";

  private InventedClasses() {}

  /** All pairs; different pairs are many and weigh less, so that both labels weigh the same. */
  static List<LabelledPair> pairs() {
    ObjectMapper json = new ObjectMapper();
    List<LabelledPair> pairs = new ArrayList<>();
    try (InputStream in = InventedClasses.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(json.readTree(line), pairs);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
    double equivalent = pairs.stream().filter(LabelledPair::equivalent).count();
    double weight = equivalent / (pairs.size() - equivalent);
    return pairs.stream().map(p -> p.equivalent() ? p : p.weighing(weight)).toList();
  }

  private static void add(JsonNode problem, List<LabelledPair> pairs) {
    List<String> prefix = new ArrayList<>();
    problem.path("prefix").forEach(step -> prefix.add(step.asText()));
    List<String> steps = new ArrayList<>();
    List<Integer> classes = new ArrayList<>();
    int index = 0;
    for (JsonNode members : problem.path("classes")) {
      for (JsonNode step : members) {
        steps.add(step.asText());
        classes.add(index);
      }
      index++;
    }
    for (int i = 0; i < steps.size(); i++) {
      for (int j = i + 1; j < steps.size(); j++) {
        pairs.add(
            new LabelledPair(
                "i" + pairs.size(),
                "invented",
                problem.path("problem").asText(),
                prefix,
                steps.get(i),
                steps.get(j),
                classes.get(i).equals(classes.get(j)),
                1));
      }
    }
  }
}
