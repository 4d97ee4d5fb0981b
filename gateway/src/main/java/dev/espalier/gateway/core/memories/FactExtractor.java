package dev.espalier.gateway.core.memories;

import dev.espalier.gateway.core.access.Caller;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes single facts out of what was said. Without one, what was said is stored as it is. */
public interface FactExtractor {

  /** Something said. */
  record Said(String role, String content) {}

  /**
   * The facts worth remembering; perhaps none.
   *
   * @param caller whose key pays
   * @param instructions of the client, or null; data to the model, as the messages are
   */
  CompletionStage<List<String>> extract(
      Caller caller, List<Said> messages, @Nullable String instructions);
}
