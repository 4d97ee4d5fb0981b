package dev.espalier.memory.api;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code wait} preference of RFC 7240. A preference that cannot be read is ignored. */
final class PreferredWait {

  private static final Pattern WAIT = Pattern.compile("(?:^|[,;]\\s*)wait=(\\d{1,4})(?:$|[,;\\s])");
  private static final Duration MAX = Duration.ofSeconds(30);

  private PreferredWait() {}

  static Optional<Duration> parse(@Nullable String prefer) {
    if (prefer == null) {
      return Optional.empty();
    }
    Matcher wait = WAIT.matcher(prefer);
    if (!wait.find()) {
      return Optional.empty();
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
    return Optional.of(asked.compareTo(MAX) > 0 ? MAX : asked);
  }
}
