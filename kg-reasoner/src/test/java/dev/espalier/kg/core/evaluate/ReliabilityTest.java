package dev.espalier.kg.core.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReliabilityTest {

  @Test
  void probabilitiesThatComeTrueHaveNoError() {
    double[] probabilities = {.25, .25, .25, .25, .75, .75, .75, .75};
    boolean[] truths = {true, false, false, false, true, true, true, false};

    Reliability reliability = Reliability.of(probabilities, truths);

    assertEquals(0, reliability.calibrationError(), 1e-12);
    assertEquals(.5, reliability.right(), 1e-12);
    assertEquals(.1875, reliability.brier(), 1e-12);
  }

  @Test
  void aConfidentScorerThatIsOftenWrongIsFoundOut() {
    double[] probabilities = new double[10];
    Arrays.fill(probabilities, 1);
    boolean[] truths = new boolean[10];
    truths[3] = true;

    Reliability reliability = Reliability.of(probabilities, truths);

    assertEquals(.9, reliability.calibrationError(), 1e-12);
    assertEquals(.9, reliability.brier(), 1e-12);
  }
}
