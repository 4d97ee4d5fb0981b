package dev.espalier.search.evaluation.gsm8k;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** A problem with its right answer and what models wrote about it. */
record RecordedProblem(String question, String gold, List<Solution> solutions) {

  RecordedProblem {
    solutions = List.copyOf(solutions);
  }

  /** Whether it is of the half on which parameters may be chosen; the other half only reports. */
  boolean isForTuning() {
    CRC32 hash = new CRC32();
    hash.update(question.getBytes(StandardCharsets.UTF_8));
    return hash.getValue() % 2 == 0;
  }
}
