package dev.espalier.search.evaluation.gsm8k;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a solution into steps: at line ends, and between sentences. What holds no figure, such as
 * "Let's think step by step:", belongs to the step after it; at the end, to the one before it.
 */
final class Steps {

  private static final Pattern END = Pattern.compile("\\R+|(?<=[.!?])\\s+(?=[\\p{Lu}*\"(])");
  private static final Pattern FIGURE = Pattern.compile("\\d");
  private static final Pattern LIST_MARK = Pattern.compile("^\\s*(?:\\d{1,2}[.)]|[-*•])\\s*");

  private Steps() {}

  static List<String> of(String solution) {
    List<String> steps = new ArrayList<>();
    StringBuilder pending = new StringBuilder();
    for (String part : END.split(solution)) {
      if (part.isBlank()) {
        continue;
      }
      pending.append(pending.isEmpty() ? "" : " ").append(part.strip());
      if (FIGURE.matcher(LIST_MARK.matcher(part).replaceFirst("")).find()) {
        steps.add(pending.toString());
        pending.setLength(0);
      }
    }
    if (!pending.isEmpty()) {
      String rest = pending.toString();
      if (steps.isEmpty()) {
        steps.add(rest);
      } else {
        steps.set(steps.size() - 1, steps.get(steps.size() - 1) + " " + rest);
      }
    }
    return steps;
  }
}
