package dev.espalier.equivalence.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "So the sum is 12.; The sum is 12",
        "1. **There are 1,200 seats.**; There are 1200 seats",
        "The cost is $5.00; The cost is $5",
        "2 x 3 = 6 eggs; 2*3=6 eggs",
        "\\(x = 2\\); $x=2$",
        "Step 2: It costs 3 × 4 = 12; it costs 3*4=12",
        "\\[\\dfrac{1}{2}\\]; $$\\frac{1}{2}$$"
      })
  void givesTheSameKeyToTheSameText(String a, String b) {
    assertEquals(Canonical.of(a).key(), Canonical.of(b).key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"S = 3; s = 3", "first derivative; second derivative", "x^2; x2", "3.5; 35"})
  void keepsApartWhatDiffers(String a, String b) {
    assertNotEquals(Canonical.of(a).key(), Canonical.of(b).key());
  }

  @Property(tries = 500)
  void changesNothingTheSecondTime(@ForAll("steps") String step) {
    Canonical once = Canonical.of(step);

    assertEquals(once, Canonical.of(once.text()));
  }

  @Provide
  Arbitrary<String> steps() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "1. ",
            "- ",
            "Step 3: ",
            "**",
            "__",
            "So, ",
            "Therefore ",
            "x² ",
            "½ ",
            "1,234 ",
            "12,345,678 ",
            "$",
            "\\(",
            "\\)",
            "\\[",
            "\\frac{1}{2}",
            "\\\\ &= ",
            "\\begin{align*}",
            "\\end{align*}",
            "\u200b",
            "\u0000",
            "\ud800",
            "\ufb01",
            "’",
            "–",
            " ",
            "\n",
            "## ",
            "cat",
            "5.00",
            "<<1+1=2>>",
            "<<",
            ">>",
            "(a)",
            "2) ",
            "٣",
            "𝟙");
    return pieces.list().ofMaxSize(14).map(list -> String.join("", list));
  }
}
