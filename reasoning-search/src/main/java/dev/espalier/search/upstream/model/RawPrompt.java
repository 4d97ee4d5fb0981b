package dev.espalier.search.upstream.model;

/** A template filled with data that cannot leave its place. */
final class RawPrompt {

  private RawPrompt() {}

  /**
   * @param template with {@code {problem}} and {@code {steps}}
   */
  static String of(String template, String problem, String steps) {
    int at = template.indexOf("{problem}");
    return fill(template.substring(0, at), steps)
        + data(problem)
        + fill(template.substring(at + "{problem}".length()), steps);
  }

  /** A text without the marks that models take for the border between roles. */
  static String data(String text) {
    return text.replace("<|", "< |")
        .replace("|>", "| >")
        .replace("[INST]", "[ INST]")
        .replace("[/INST]", "[ /INST]")
        .replace("<s>", "< s>")
        .replace("</s>", "< /s>");
  }

  private static String fill(String part, String steps) {
    return part.replace("{steps}", steps);
  }
}
