package dev.espalier.search.evaluation.gsm8k;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.search.core.answer.FinalAnswer;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads recorded solutions, one problem a line, plain or gzipped, in either of two forms:
 *
 * <pre>
 * {"question", "gold", "samples": [{"reasoning", "answer"}, ...]}
 * {"question", "ground_truth", NAME: {"solution"}, ...}
 * </pre>
 *
 * Solutions of the same question in several files are put together.
 */
final class SolutionFiles {

  private static final int GZIP_FIRST = 0x1f;
  private static final Set<String> NO_SOLUTIONS = Set.of("question", "ground_truth", "gold");

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> golds = new LinkedHashMap<>();
  private final Map<String, List<Solution>> solutions = new LinkedHashMap<>();

  private SolutionFiles() {}

  /**
   * @throws CommandException if a file cannot be read, or a line has another form
   */
  static List<RecordedProblem> read(List<Path> files) {
    SolutionFiles all = new SolutionFiles();
    files.forEach(all::add);
    return all.golds.entrySet().stream()
        .map(
            problem ->
                new RecordedProblem(
                    problem.getKey(),
                    problem.getValue(),
                    all.solutions.getOrDefault(problem.getKey(), List.of())))
        .filter(problem -> !problem.solutions().isEmpty())
        .toList();
  }

  private void add(Path file) {
    try (InputStream in = open(file);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      int number = 0;
      while ((line = lines.readLine()) != null) {
        number++;
        if (!line.isBlank() && !add(json.readTree(line))) {
          throw new CommandException(file + ", line " + number + ": not a problem with solutions");
        }
      }
    } catch (IOException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    in.mark(1);
    int first = in.read();
    in.reset();
    return first == GZIP_FIRST ? new GZIPInputStream(in) : in;
  }

  private boolean add(JsonNode line) {
    String question = line.path("question").asText().replace('’', '\'').strip();
    String gold =
        line.has("gold")
            ? line.path("gold").asText()
            : FinalAnswer.of(line.path("ground_truth").asText()).orElse("");
    if (question.isEmpty() || gold.isEmpty()) {
      return false;
    }
    golds.putIfAbsent(question, gold);
    List<Solution> known = solutions.computeIfAbsent(question, q -> new ArrayList<>());
    for (JsonNode sample : line.path("samples")) {
      known.add(Solution.of(sample.path("reasoning").asText(), sample.path("answer").asText()));
    }
    line.properties().stream()
        .filter(field -> !NO_SOLUTIONS.contains(field.getKey()))
        .filter(field -> field.getValue().path("solution").isTextual())
        .forEach(field -> known.add(withMark(field.getValue().path("solution").asText())));
    return true;
  }

  /** A solution whose last line is {@code A: 18}. */
  private static Solution withMark(String text) {
    String answer = FinalAnswer.marked(text).orElse("");
    int mark = text.lastIndexOf("\nA:");
    return Solution.of(mark < 0 ? text : text.substring(0, mark), answer);
  }
}
