package dev.espalier.search.upstream.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.search.core.tree.Candidate;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One recorded proposal, a line of JSON in a recording's file.
 *
 * @param request hash of problem, steps, number of samples and seed
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Recording(String request, long promptTokens, long completionTokens, List<Sample> samples) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** One candidate. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Sample(
      String text,
      @Nullable Double logProbability,
      int tokens,
      boolean terminal,
      @Nullable String source) {

    Sample {
      Objects.requireNonNull(text);
    }

    static Sample of(Candidate candidate) {
      return new Sample(
          candidate.text(),
          candidate.logProbability(),
          candidate.tokens(),
          candidate.isTerminal(),
          candidate.source());
    }

    Candidate candidate() {
      return new Candidate(text, logProbability, tokens, terminal, source);
    }
  }

  Recording {
    Objects.requireNonNull(request);
    samples = List.copyOf(samples);
  }

  List<Candidate> candidates() {
    return samples.stream().map(Sample::candidate).toList();
  }

  String line() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts can be written", e);
    }
  }

  /**
   * All of a file by request; the last of several for the same one counts.
   *
   * @throws IllegalArgumentException that names the line at fault
   */
  static Map<String, Recording> read(Path file) {
    Map<String, Recording> recordings = new HashMap<>();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          @Nullable Recording recording = JSON.readValue(line, Recording.class);
          if (recording == null) {
            throw new IllegalArgumentException("null");
          }
          recording.candidates();
          recordings.put(recording.request(), recording);
        }
      }
      return recordings;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException("line " + number + " is no recording", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read", e);
    }
  }
}
