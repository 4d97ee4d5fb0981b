package dev.espalier.search.core.port;

import java.util.List;
import java.util.Optional;

/** Finds the final answer of a finished solution, and says which answers are the same. */
public interface AnswerReader {

  /**
   * @param steps from the first to the terminal one
   */
  Optional<String> read(List<String> steps);

  /** Equal for answers that are the same value, however they are written, and only for those. */
  String key(String answer);
}
