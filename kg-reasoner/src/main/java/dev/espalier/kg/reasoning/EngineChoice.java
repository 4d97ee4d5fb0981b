package dev.espalier.kg.reasoning;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a question asks to be answered by. */
public enum EngineChoice {
  /** A model if there is one that knows the relation, else rules. */
  AUTO,
  /** A model. */
  PATH,
  /** Rules mined from the graph. */
  RULES;

  /**
   * @param name on the wire; auto when absent
   */
  public static EngineChoice of(@Nullable String name) {
    return name == null ? AUTO : valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** As on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
