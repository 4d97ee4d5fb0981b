package dev.espalier.search.evaluation.gsm8k;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.measuring.command.CommandException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolutionFilesTest {

  private static final String SAMPLES =
      """
      {"question": "How many?", "gold": "7", "samples": [
       {"model": "a", "reasoning": "Let's see.\\n1. First 3 + 4 = 7. So 7 it is.", "answer": "7"},
       {"model": "b", "reasoning": "", "answer": "8"}]}
      """
          .replace("\n", " ");
  private static final String MODELS =
      """
      {"question": "How many?", "ground_truth": "3+4=7\\nA: 7",
       "small": {"is_correct": true, "solution": "3 + 4 = 7\\nA: 7"}}
      """
          .replace("\n", " ");

  @TempDir private Path folder;

  @Test
  void putsTheSolutionsOfAllFilesTogether() throws IOException {
    // Given
    Path plain = Files.writeString(folder.resolve("models.jsonl"), MODELS);
    Path zipped = folder.resolve("samples.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(SAMPLES.getBytes(StandardCharsets.UTF_8));
    }

    // When
    List<RecordedProblem> problems = SolutionFiles.read(List.of(zipped, plain));

    // Then
    assertEquals(
        List.of(
            new RecordedProblem(
                "How many?",
                "7",
                List.of(
                    new Solution(
                        List.of("Let's see. 1. First 3 + 4 = 7.", "So 7 it is.\nThe answer is 7.")),
                    new Solution(List.of("The answer is 8.")),
                    new Solution(List.of("3 + 4 = 7\nThe answer is 7."))))),
        problems);
  }

  @Test
  void saysWhichLineIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("other.jsonl"), "{\"text\": \"no problem\"}\n");

    CommandException refused =
        assertThrows(CommandException.class, () -> SolutionFiles.read(List.of(file)));

    assertEquals(file + ", line 1: not a problem with solutions", refused.getMessage());
  }
}
