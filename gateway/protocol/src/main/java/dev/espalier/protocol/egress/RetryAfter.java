package dev.espalier.protocol.egress;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long an upstream asks to be left alone: {@code retry-after-ms}, or {@code retry-after} in
 * seconds (RFC 9110 10.2.3; fractions are in use too) or as a date.
 */
public final class RetryAfter {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
  private static final int MILLIS_PER_SECOND = 1000;

  private RetryAfter() {}

  /** Nothing where there is no header that can be read; zero where the date is past. */
  public static Optional<Duration> of(UnaryOperator<@Nullable String> header, Instant now) {
    Optional<Duration> millis = millis(header.apply("retry-after-ms"), 1);
    return millis.isPresent() ? millis : seconds(header.apply("retry-after"), now);
  }

  private static Optional<Duration> seconds(@Nullable String text, Instant now) {
    Optional<Duration> number = millis(text, MILLIS_PER_SECOND);
    if (number.isPresent() || text == null) {
      return number;
    }
    try {
      Instant at =
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> millis(@Nullable String text, int factor) {
    return text != null && NUMBER.matcher(text.strip()).matches()
        ? Optional.of(
            Duration.ofMillis((long) Math.ceil(Double.parseDouble(text.strip()) * factor)))
        : Optional.empty();
  }
}
