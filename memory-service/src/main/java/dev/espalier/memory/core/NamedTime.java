package dev.espalier.memory.core;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A month or a day that a question names, in English or as ISO 8601 writes it.
 *
 * @param year null where it is left open
 * @param day of the month; null where it is left open
 */
record NamedTime(@Nullable Integer year, Month month, @Nullable Integer day) {

  private static final String MONTHS =
      Stream.of(Month.values()).map(NamedTime::name).collect(Collectors.joining("|"));

  /** Besides whole names: they are words and names of their own, and need a number beside them. */
  private static final String SHORT = "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec";

  private static final String ANY = "(" + MONTHS + "|(?:" + SHORT + ")\\.?)";

  private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
  private static final String YEAR = "((?:19|20)\\d\\d)";

  private static final Pattern ISO = Pattern.compile("\\b" + YEAR + "-(\\d\\d)-(\\d\\d)\\b");
  private static final Pattern DAY_FIRST =
      Pattern.compile("\\b" + DAY + "(?: of)? " + ANY + "(?:,? " + YEAR + ")?\\b");
  private static final Pattern MONTH_FIRST =
      Pattern.compile("\\b" + ANY + " " + DAY + "\\b(?:,? " + YEAR + ")?");
  private static final Pattern MONTH_AND_YEAR =
      Pattern.compile("\\b" + ANY + "(?: of)?,? " + YEAR + "\\b");

  /** May and March are verbs, too, unless something says that they are not. */
  private static final Pattern MONTH_ALONE =
      Pattern.compile(
          "\\b(?:(?:in|of|during|since|until|by|last|this|next|early|mid|late)[ -](may|march)|("
              + MONTHS.replace("|may", "").replace("|march", "")
              + "))\\b");

  /** So many letters tell the months apart. */
  private static final int SHORTEST = 3;

  private static final int MONTH_AGREES = 1;
  private static final int DAY_AGREES = 2;

  /** All times that the question names; the most exact reading of each. */
  static List<NamedTime> in(String question) {
    String text = question.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    List<NamedTime> days = new ArrayList<>();
    for (Matcher m = ISO.matcher(text); m.find(); ) {
      add(days, m.group(1), Integer.parseInt(m.group(2)), m.group(3));
    }
    for (Matcher m = DAY_FIRST.matcher(text); m.find(); ) {
      add(days, m.group(3), number(m.group(2)), m.group(1));
    }
    for (Matcher m = MONTH_FIRST.matcher(text); m.find(); ) {
      add(days, m.group(3), number(m.group(1)), m.group(2));
    }
    if (!days.isEmpty()) {
      return days;
    }
    List<NamedTime> months = new ArrayList<>();
    for (Matcher m = MONTH_AND_YEAR.matcher(text); m.find(); ) {
      add(months, m.group(2), number(m.group(1)), null);
    }
    if (months.isEmpty()) {
      for (Matcher m = MONTH_ALONE.matcher(text); m.find(); ) {
        add(months, null, number(m.group(1) != null ? m.group(1) : m.group(2)), null);
      }
    }
    return months;
  }

  /**
   * How well a day agrees: 0 not at all, 1 in the month, 2 on the day or beside it, because zones
   * of time differ, and yesterday is told today.
   */
  int agreement(LocalDate said) {
    boolean isMonth = said.getMonth() == month && (year == null || said.getYear() == year);
    if (day == null) {
      return isMonth ? MONTH_AGREES : 0;
    }
    int inYear = year == null ? said.getYear() : year;
    return isBeside(said, inYear) ? DAY_AGREES : isMonth ? MONTH_AGREES : 0;
  }

  private boolean isBeside(LocalDate said, int inYear) {
    if (day == null || day < 1 || day > month.length(LocalDate.of(inYear, 1, 1).isLeapYear())) {
      return false;
    }
    return Math.abs(LocalDate.of(inYear, month, day).toEpochDay() - said.toEpochDay()) <= 1;
  }

  private static void add(
      List<NamedTime> times, @Nullable String year, int month, @Nullable String day) {
    try {
      times.add(
          new NamedTime(
              year == null ? null : Integer.valueOf(year),
              Month.of(month),
              day == null ? null : Integer.valueOf(day)));
    } catch (DateTimeException e) {
      // A number that is no month: not a time.
    }
  }

  private static int number(String name) {
    String start = name.substring(0, SHORTEST);
    for (Month month : Month.values()) {
      if (name(month).startsWith(start)) {
        return month.getValue();
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static String name(Month month) {
    return month.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT);
  }
}
