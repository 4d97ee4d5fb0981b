package dev.espalier.gateway.core.memories;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a memory: where its first version was stored. It stays the same when the text changes.
 *
 * @param conversation that holds the memory
 * @param first the number of the turn with the first version
 */
public record MemoryId(String conversation, long first) {

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([1-9][0-9]{0,11})");

  public static Optional<MemoryId> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new MemoryId(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return conversation + "-" + first;
  }
}
