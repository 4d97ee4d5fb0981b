package dev.espalier.gateway.core.memories;

import dev.espalier.gateway.core.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes single facts out of what was said, where it can. */
public interface FactExtractor {

  /** Something said. */
  record Said(String role, String content) {}

  /** What came of it. */
  sealed interface Outcome {

    /** The facts worth remembering; perhaps none. */
    record Facts(List<String> facts) implements Outcome {
      public Facts {
        facts = List.copyOf(facts);
      }
    }

    /** Why what was said has to be stored as it is. */
    record NotExtracted(String reason) implements Outcome {}
  }

  /**
   * @param caller whose key pays
   * @param instructions of the client, or null
   * @return a failed stage with a {@code ProblemException} where the model or a budget refuses
   */
  CompletionStage<Outcome> extract(
      Caller caller,
      String requestId,
      Instant deadline,
      List<Said> messages,
      @Nullable String instructions);
}
