package dev.espalier.gateway.core.spending;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** How often a budget is filled again; days and months are UTC's. */
public enum Period {
  TOTAL,
  DAY,
  MONTH;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** When the period that holds this moment began. */
  public Instant start(Instant now) {
    return switch (this) {
      case TOTAL -> Instant.EPOCH;
      case DAY -> day(now).atStartOfDay(ZoneOffset.UTC).toInstant();
      case MONTH -> day(now).withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    };
  }

  /** How long the period goes on; empty if for ever. */
  public Optional<Duration> left(Instant now) {
    LocalDate next =
        switch (this) {
          case TOTAL -> null;
          case DAY -> day(now).plusDays(1);
          case MONTH -> day(now).withDayOfMonth(1).plusMonths(1);
        };
    return Optional.ofNullable(next)
        .map(it -> Duration.between(now, it.atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  private static LocalDate day(Instant now) {
    return now.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
