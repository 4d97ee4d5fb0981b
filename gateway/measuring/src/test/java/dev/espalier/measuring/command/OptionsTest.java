package dev.espalier.measuring.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void tellsOperandsFromValuesAndSwitches() {
    Options options = parse("a.json", "--url", "http://x", "b.json", "--seed=7", "--keep");

    assertEquals(List.of("a.json", "b.json"), options.operands());
    assertEquals("http://x", options.text("--url", "other"));
    assertEquals(7, options.number("--seed", 1));
    assertTrue(options.has("--keep"));
  }

  @Test
  void fallsBackWhenNothingIsGiven() {
    Options options = parse();

    assertEquals("other", options.text("--url", "other"));
    assertEquals(1, options.count("--seed", 1));
    assertFalse(options.has("--keep"));
  }

  @Test
  void refusesWhatItDoesNotKnowOrCannotRead() {
    assertThrows(CommandException.class, () -> parse("--ulr", "x"));
    assertThrows(CommandException.class, () -> parse("--url"));
    assertThrows(CommandException.class, () -> parse("--seed", "x").number("--seed", 1));
    assertThrows(CommandException.class, () -> parse("--seed", "0").count("--seed", 1));
  }

  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments), Set.of("--url", "--seed"), Set.of("--keep"));
  }
}
