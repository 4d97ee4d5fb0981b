package dev.espalier.search.core.answer;

import dev.espalier.search.core.port.AnswerReader;
import java.util.List;
import java.util.Optional;

/** The answer that the last step states, compared by value. */
public final class StatedAnswers implements AnswerReader {

  @Override
  public Optional<String> read(List<String> steps) {
    return steps.isEmpty() ? Optional.empty() : FinalAnswer.of(steps.get(steps.size() - 1));
  }

  @Override
  public String key(String answer) {
    return AnswerComparison.key(answer);
  }
}
