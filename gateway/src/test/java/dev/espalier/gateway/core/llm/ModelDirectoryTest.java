package dev.espalier.gateway.core.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.gateway.core.llm.ModelDirectory.Entry;
import dev.espalier.gateway.core.llm.ModelRoute.Stop;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDirectoryTest {

  private static final ModelDirectory DIRECTORY =
      new ModelDirectory(
          List.of(
              new Entry("b", List.of("m", "Qwen/Qwen2"), 20, null),
              new Entry("a", List.of("m"), 30, "open"),
              new Entry("named", List.of("n"), 10, "b"),
              new Entry("open", List.of("o", "*"), 90, null)));

  @ParameterizedTest
  @CsvSource({
    "m, b, m, a, m",
    "n, named, n, b, m",
    "Qwen/Qwen2, b, Qwen/Qwen2, , ",
    "b/Qwen/Qwen2, b, Qwen/Qwen2, , ",
    "a/m, a, m, open, m",
    "open/x, open, x, , ",
    "unheard-of, open, unheard-of, , ",
    "b/unheard-of, open, b/unheard-of, , "
  })
  void findsWhoHasTheModel(
      String model, String upstream, String itsName, String other, String othersName) {
    Optional<Stop> fallback =
        other == null ? Optional.empty() : Optional.of(new Stop(other, othersName));

    assertEquals(
        Optional.of(new ModelRoute(new Stop(upstream, itsName), fallback)), DIRECTORY.route(model));
  }

  @Test
  void listsEveryModelOnce() {
    assertEquals("[n, m, Qwen/Qwen2, o]", DIRECTORY.listed().keySet().toString());
  }

  @Test
  void knowsNoModelThatNobodyHas() {
    ModelDirectory closed = new ModelDirectory(List.of(new Entry("a", List.of("m"), 1, null)));

    assertTrue(closed.route("x").isEmpty());
    assertTrue(closed.route("a/x").isEmpty());
    assertTrue(closed.route("*").isEmpty());
    assertTrue(new ModelDirectory(List.of()).route("m").isEmpty());
  }

  @Test
  void refusesAFallbackThatIsNotThere() {
    for (String fallback : List.of("a", "nobody")) {
      List<Entry> entries = List.of(new Entry("a", List.of("m"), 1, fallback));
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> new ModelDirectory(entries))
              .getMessage()
              .startsWith("a.fallback: "));
    }
  }
}
