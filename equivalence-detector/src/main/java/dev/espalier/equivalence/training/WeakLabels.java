package dev.espalier.equivalence.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * First steps of different solutions to one problem, labelled by their calculator annotations.
 * Equal annotations are right as "equivalent" in about four of five cases, different ones nearly
 * always: good enough to teach wording at a low weight, never to measure with.
 */
final class WeakLabels {

  private static final Pattern ANNOTATION = Pattern.compile("<<([^=<>]+)=([^<>]+)>>");
  private static final int PAIRS_PER_PROBLEM = 3;

  private WeakLabels() {}

  static List<LabelledPair> read(Path solutions, double weight) {
    ObjectMapper json = new ObjectMapper();
    List<LabelledPair> pairs = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(solutions)) {
        pairs.addAll(pairs(json.readTree(line), weight));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(solutions + " holds no solutions", e);
    }
    return pairs;
  }

  private static List<LabelledPair> pairs(JsonNode problem, double weight) {
    Map<String, String> annotationOfStep = new LinkedHashMap<>();
    problem.fields().forEachRemaining(field -> firstStep(field.getValue(), annotationOfStep));
    List<Map.Entry<String, String>> steps = List.copyOf(annotationOfStep.entrySet());
    List<LabelledPair> pairs = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      for (int j = i + 1; j < steps.size() && pairs.size() < PAIRS_PER_PROBLEM; j++) {
        pairs.add(
            new LabelledPair(
                "w",
                "weak",
                problem.path("question").asText(),
                List.of(),
                steps.get(i).getKey(),
                steps.get(j).getKey(),
                steps.get(i).getValue().equals(steps.get(j).getValue()),
                weight));
      }
    }
    return pairs;
  }

  private static void firstStep(JsonNode solution, Map<String, String> annotationOfStep) {
    String text = solution.isObject() ? solution.path("solution").asText() : solution.asText();
    String step = text.split("\n", 2)[0];
    Matcher annotation = ANNOTATION.matcher(step);
    if (annotation.find()) {
      String operands = operands(annotation.group(1)) + "=" + number(annotation.group(2));
      annotationOfStep.put(annotation.replaceAll(""), operands);
    }
  }

  private static String operands(String expression) {
    String[] numbers = expression.split("[^\\d.]+");
    return Arrays.stream(numbers)
        .filter(n -> !n.isEmpty())
        .map(WeakLabels::number)
        .sorted()
        .toList()
        .toString();
  }

  private static String number(String digits) {
    return digits.strip().replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", "");
  }
}
