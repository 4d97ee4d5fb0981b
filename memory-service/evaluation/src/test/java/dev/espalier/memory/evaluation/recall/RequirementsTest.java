package dev.espalier.memory.evaluation.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.measuring.command.CommandException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequirementsTest {

  @Test
  void namesWhatIsMissed() {
    Requirements requirements = Requirements.parse("r@5=65, block@1000=81");
    Map<String, Double> reached = Map.of("r@5", 65.0, "block@1000", 80.5);

    assertEquals(
        List.of("block@1000 is 80.50, required are 81.00"), requirements.missed(reached::get));
  }

  @Test
  void requiresNothingWhenNothingIsSaid() {
    assertEquals(Map.of(), Requirements.parse(null).atLeast());
  }

  @Test
  void refusesWhatIsNoMeasureAndPercent() {
    assertThrows(CommandException.class, () -> Requirements.parse("r@5"));
    assertThrows(CommandException.class, () -> Requirements.parse("r@5=much"));
  }
}
