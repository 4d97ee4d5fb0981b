package dev.espalier.memory.evaluation.recall;

import dev.espalier.measuring.command.CommandException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What must be reached: {@code r@5=65,block@1000=81}.
 *
 * @param atLeast per cent by measure
 */
record Requirements(Map<String, Double> atLeast) {

  Requirements {
    atLeast = Map.copyOf(atLeast);
  }

  /**
   * @param text null requires nothing
   * @throws CommandException if a part is no {@code measure=percent}
   */
  static Requirements parse(@Nullable String text) {
    Map<String, Double> atLeast = new LinkedHashMap<>();
    for (String part : text == null ? new String[0] : text.split(",", -1)) {
      String[] sides = part.split("=", -1);
      try {
        if (sides.length != 2) {
          throw new NumberFormatException("no single =");
        }
        atLeast.put(sides[0].strip(), Double.valueOf(sides[1].strip()));
      } catch (NumberFormatException e) {
        throw new CommandException("--require takes r@5=65,block@1000=81, not " + part, e);
      }
    }
    return new Requirements(atLeast);
  }

  /** What is below, in words. */
  List<String> missed(ToDoubleFunction<String> reached) {
    List<String> missed = new ArrayList<>();
    atLeast.forEach(
        (measure, percent) -> {
          double is = reached.applyAsDouble(measure);
          if (is < percent) {
            missed.add("%s is %.2f, required are %.2f".formatted(measure, is, percent));
          }
        });
    return missed;
  }
}
