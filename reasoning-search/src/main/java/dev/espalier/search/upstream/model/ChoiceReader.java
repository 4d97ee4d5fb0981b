package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one choice. A step is a paragraph: what follows the first empty line is dropped.
 *
 * <p>A step that does not end with the delimiter is terminal, but most servers cut the delimiter
 * off. What tells: a boxed answer; the delimiter itself; vLLM's {@code stop_reason} and SGLang's
 * {@code matched_stop}, which name the string that stopped the model and are null or a token's
 * number at the end of its text; the finish reasons of TGI. Where a server says no more than {@code
 * "stop"}, a step that states its answer is terminal, and after any other an empty one ends it.
 */
final class ChoiceReader {

  static final String DELIMITER = "\n\n";

  private static final int MOST_CHARACTERS = 20_000;
  private static final Pattern EMPTY_LINE = Pattern.compile("\\r?\\n[ \\t]*\\r?\\n");
  private static final Pattern BOXED =
      Pattern.compile("\\\\f?boxed\\s*\\{|^\\s*####\\s*\\S", Pattern.MULTILINE);
  private static final Pattern STATED =
      Pattern.compile("\\banswer\\s*(?:is\\b|:)", Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_TEXT = Pattern.compile("\u0000|\\p{Cs}");
  private static final List<String> STOPPED_BY = List.of("stop_reason", "matched_stop");

  private enum End {
    DELIMITER,
    TEXT,
    UNKNOWN
  }

  private ChoiceReader() {}

  /**
   * @param text the choice's text as the form has it
   * @param soFar the steps before, which some servers send back
   */
  static Choice read(
      JsonNode choice, JsonNode text, @Nullable Double logProbability, String soFar) {
    if (isRefused(choice)) {
      return new Choice.Refused(text.asText("").length());
    }
    if (!text.isTextual() && !text.isNull()) {
      return new Choice.Malformed(0);
    }
    String written = text.isNull() ? "" : withoutEcho(text.textValue(), soFar);
    Optional<String> said = Thoughts.strip(written);
    if (said.isEmpty()) {
      return new Choice.Malformed(written.length());
    }
    String rest = withoutEcho(said.get(), soFar).strip();
    if (rest.isEmpty()) {
      return new Choice.Empty(written.length());
    }
    return step(choice, rest, said.get().equals(written) ? logProbability : null, written);
  }

  private static Choice step(
      JsonNode choice, String said, @Nullable Double logProbability, String written) {
    String[] paragraphs = EMPTY_LINE.split(said, 2);
    String text = NO_TEXT.matcher(paragraphs[0]).replaceAll("").strip();
    if (text.length() > MOST_CHARACTERS
        || text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return new Choice.Malformed(written.length());
    }
    String after = written.substring(written.stripTrailing().length());
    boolean isCut = paragraphs.length > 1 || EMPTY_LINE.matcher(after).find();
    End end = isCut ? End.DELIMITER : end(choice);
    boolean isTerminal =
        BOXED.matcher(text).find()
            || end == End.TEXT
            || (end == End.UNKNOWN && STATED.matcher(text).find());
    return new Choice.Step(text, logProbability, isTerminal, written.length());
  }

  /** What ended the text, where the text does not tell. */
  private static End end(JsonNode choice) {
    String reason = choice.path("finish_reason").asText("");
    if (reason.equals("eos_token")) {
      return End.TEXT;
    }
    if (reason.equals("stop_sequence") || reason.equals("length")) {
      return End.DELIMITER;
    }
    for (String field : STOPPED_BY) {
      if (choice.has(field)) {
        return choice.path(field).isTextual() ? End.DELIMITER : End.TEXT;
      }
    }
    return End.UNKNOWN;
  }

  private static boolean isRefused(JsonNode choice) {
    JsonNode refusal = choice.path("message").path("refusal");
    return choice.path("finish_reason").asText("").equals("content_filter")
        || (refusal.isTextual() && !refusal.textValue().isBlank());
  }

  /** What the model wrote, without the steps before it. */
  static String withoutEcho(String said, String soFar) {
    String begun = said.stripLeading();
    return !soFar.isEmpty() && begun.startsWith(soFar) ? begun.substring(soFar.length()) : said;
  }
}
