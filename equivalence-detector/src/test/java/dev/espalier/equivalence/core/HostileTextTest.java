package dev.espalier.equivalence.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.equivalence.Detectors;
import dev.espalier.equivalence.core.group.Candidate;
import dev.espalier.testkit.CpuLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that was made to cost much. */
class HostileTextTest {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  static Stream<String> hostile() {
    return Stream.of(
        "9^9^9^9",
        "$9^{9^{9^{9^{9}}}}$ = $9^9^9$",
        "{".repeat(100_000),
        "$" + "{".repeat(50_000) + "}".repeat(50_000) + "$",
        "x".repeat(1_000_000),
        "1".repeat(1_000_000),
        "1+".repeat(500_000),
        "(".repeat(4_000) + ")".repeat(4_000),
        "$" + "(x+y)^{24}".repeat(400) + "$",
        "$(x+y+z)^{24}=(a+b)^{24}$ ".repeat(300),
        "\\text{".repeat(1_300),
        "\\frac".repeat(1_600),
        "$ ".repeat(4_000),
        "a=".repeat(4_000),
        "1 a ".repeat(2_000),
        "need to ".repeat(1_000),
        "let x let x let x ".repeat(400),
        "**__".repeat(2_000),
        "1. 2. 3. ".repeat(900),
        "1,234,".repeat(1_300),
        "\u0000\u0001\u200b\ufeff",
        "\ud800\udfff\ud83d",
        "аpple Яблоко 苹果 تفاحة 🍎 1 = ١",
        "\u202e reversed \u202c 3 = 2+1",
        "(left: " + "1 ".repeat(3_000) + ")",
        "<<".repeat(4_000),
        "é\u0301\u0301\u0301".repeat(2_000),
        "<think>" + "[1,".repeat(2_000),
        "\\\\ &= ".repeat(1_000),
        "= ".repeat(4_000),
        "answer is ".repeat(800),
        "-".repeat(8_000),
        "!".repeat(8_000));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void endsWithinLimits(String text) {
    CpuLimit.within(LIMIT, () -> Detectors.compare(text, text + " 1", "2 " + text));
    CpuLimit.within(LIMIT, () -> Detectors.compare("", text, "2 + 2 = 4"));
  }

  @Test
  void groupsTheLargestBatchOfLongStepsWithinLimits() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      String step =
          ("The value " + i + " is $" + i + "x^2 + 3$ and 2 * " + i + " = 7, ").repeat(220);
      candidates.add(
          new Candidate("s" + i, step.substring(0, 7_900) + i, Optional.empty(), false, 1));
    }

    int members =
        CpuLimit.within(
            Duration.ofSeconds(30),
            () ->
                Detectors.lexical()
                    .group("p", List.of(), candidates, 0.9, Optional.empty())
                    .groups()
                    .stream()
                    .mapToInt(g -> g.members().size())
                    .sum());

    assertEquals(256, members);
  }
}
