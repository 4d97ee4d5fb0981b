package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What did Ana say on 8 May 2023?",
        "What did Ana say on 8th of May, 2023?",
        "What did Ana say on May 8, 2023?",
        "What did Ana say on MAY 8th 2023?",
        "What did Ana say on 2023-05-08?"
      })
  void readsADay(String question) {
    assertEquals(List.of(new NamedTime(2023, Month.MAY, 8)), NamedTime.in(question));
  }

  @ParameterizedTest
  @CsvSource({
    "When did she camp in June?, JUNE,",
    "What happened in early September 2022?, SEPTEMBER, 2022",
    "What happened in Sept. 2022?, SEPTEMBER, 2022",
    "Where were they in may?, MAY,",
    "Where were they last March?, MARCH,",
    "Where were they in March of 2024?, MARCH, 2024"
  })
  void readsAMonth(String question, Month month, Integer year) {
    assertEquals(List.of(new NamedTime(year, month, null)), NamedTime.in(question));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "What may I eat?",
        "Who will march on?",
        "Is Jan here?",
        "What did 12 people do in 2023?",
        "Call 2023-13-45 or 99 bottles",
        "Which augury did the decent novice deliver?"
      })
  void readsNoTimeWhereNoneIs(String question) {
    assertEquals(List.of(), NamedTime.in(question));
  }

  @Test
  void readsSeveral() {
    assertEquals(
        List.of(new NamedTime(null, Month.AUGUST, 11), new NamedTime(2023, Month.AUGUST, 15)),
        NamedTime.in("Where was Bo between August 11 and August 15 2023?"));
  }

  @Test
  void agreesBetterWithTheDayThanWithTheMonth() {
    NamedTime newYear = new NamedTime(2024, Month.JANUARY, 1);

    assertEquals(2, newYear.agreement(LocalDate.of(2024, 1, 1)));
    assertEquals(2, newYear.agreement(LocalDate.of(2023, 12, 31)));
    assertEquals(1, newYear.agreement(LocalDate.of(2024, 1, 20)));
    assertEquals(0, newYear.agreement(LocalDate.of(2023, 1, 1)));
    assertEquals(1, new NamedTime(null, Month.MAY, null).agreement(LocalDate.of(2023, 5, 9)));
    assertEquals(1, new NamedTime(null, Month.MAY, 31).agreement(LocalDate.of(2023, 5, 9)));
    assertEquals(1, new NamedTime(2023, Month.FEBRUARY, 0).agreement(LocalDate.of(2023, 2, 28)));
    assertEquals(1, new NamedTime(2023, Month.FEBRUARY, 30).agreement(LocalDate.of(2023, 2, 28)));
  }
}
