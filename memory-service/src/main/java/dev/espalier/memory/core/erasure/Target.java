package dev.espalier.memory.core.erasure;

import org.jspecify.annotations.Nullable;

/**
 * Whom to erase; at least one is given.
 *
 * @param subject conversations about it go as a whole
 * @param speaker what it said in the other conversations is redacted
 */
public record Target(@Nullable String subject, @Nullable String speaker) {

  public Target {
    if (subject == null && speaker == null) {
      throw new IllegalArgumentException("an erasure has a target");
    }
  }
}
