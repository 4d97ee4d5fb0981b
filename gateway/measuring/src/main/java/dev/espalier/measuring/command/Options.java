package dev.espalier.measuring.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command line.
 *
 * @param operands what is no option, such as files
 * @param values what {@code --name value} or {@code --name=value} gives
 * @param switches the options without a value
 */
public record Options(List<String> operands, Map<String, String> values, Set<String> switches) {

  public Options {
    operands = List.copyOf(operands);
    values = Map.copyOf(values);
    switches = Set.copyOf(switches);
  }

  /**
   * Reads a command line.
   *
   * @param valued the options with a value, with their dashes
   * @param plain the options without one
   * @throws CommandException if an option is unknown or lacks its value
   */
  public static Options parse(List<String> arguments, Set<String> valued, Set<String> plain) {
    List<String> operands = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    Set<String> switches = new HashSet<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String[] parts = argument.split("=", 2);
      if (!argument.startsWith("--")) {
        operands.add(argument);
      } else if (plain.contains(argument)) {
        switches.add(argument);
      } else if (!valued.contains(parts[0])) {
        throw new CommandException("unknown option " + parts[0] + "; --help lists them all");
      } else if (parts.length == 2) {
        values.put(parts[0], parts[1]);
      } else if (i + 1 < arguments.size()) {
        values.put(parts[0], arguments.get(++i));
      } else {
        throw new CommandException(parts[0] + " needs a value");
      }
    }
    return new Options(operands, values, switches);
  }

  public @Nullable String text(String name) {
    return values.get(name);
  }

  public String text(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  /**
   * @throws CommandException if the value is no whole number from 1
   */
  public int count(String name, int fallback) {
    long value = number(name, fallback);
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new CommandException(name + " needs a number from 1, not " + value);
    }
    return (int) value;
  }

  /**
   * @throws CommandException if the value is no whole number
   */
  public long number(String name, long fallback) {
    String text = values.get(name);
    try {
      return text == null ? fallback : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CommandException(name + " needs a number, not " + text, e);
    }
  }

  public boolean has(String plain) {
    return switches.contains(plain);
  }
}
