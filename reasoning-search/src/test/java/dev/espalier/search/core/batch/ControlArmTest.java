package dev.espalier.search.core.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlArmTest {

  @Test
  void drawsTheAskedShareAndTheSameItemsForTheSameSeed() {
    assertEquals(10, ControlArm.draw(100, .1, 1).size());
    assertEquals(ControlArm.draw(100, .1, 1), ControlArm.draw(100, .1, 1));
    assertNotEquals(ControlArm.draw(100, .1, 1), ControlArm.draw(100, .1, 2));
  }

  @Test
  void drawsOneAtLeastUnlessNoneIsAskedFor() {
    assertEquals(1, ControlArm.draw(3, .01, 1).size());
    assertEquals(Set.of(), ControlArm.draw(3, 0, 1));
    assertEquals(Set.of(0, 1, 2), ControlArm.draw(3, 1, 1));
  }

  @Test
  void refusesWhatIsNoFraction() {
    assertThrows(IllegalArgumentException.class, () -> ControlArm.draw(3, 1.5, 1));
    assertThrows(IllegalArgumentException.class, () -> ControlArm.draw(3, Double.NaN, 1));
  }
}
