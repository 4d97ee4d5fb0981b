package dev.espalier.search.core.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition of the candidates of one expansion.
 *
 * @param classes every candidate's index is a member of exactly one
 * @param detector name, version and threshold of what decided, or null where nothing but the text
 *     was compared
 * @param unavailable why the detector did not decide, or null: then the classes are verbatim
 *     duplicates only
 */
public record Grouping(
    List<StepClass> classes, @Nullable String detector, @Nullable String unavailable) {
  public Grouping {
    classes = List.copyOf(classes);
  }
}
