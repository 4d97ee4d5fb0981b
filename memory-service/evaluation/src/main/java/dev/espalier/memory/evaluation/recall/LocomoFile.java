package dev.espalier.memory.evaluation.recall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.memory.evaluation.client.NewTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a conversation in the format of the LoCoMo benchmark (Maharana et al., ACL 2024). */
final class LocomoFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Some evidence strings join several ids. */
  private static final Pattern TURN_ID = Pattern.compile("D\\d+:\\d+");

  private static final DateTimeFormatter SESSION_TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("h:mm a 'on' d MMMM, yyyy")
          .toFormatter(Locale.ENGLISH);

  private LocomoFile() {}

  /**
   * @throws CommandException if the file cannot be read or has another format
   */
  static Dialogue read(Path file) {
    try {
      return parse(String.valueOf(file.getFileName()), Files.readString(file));
    } catch (IOException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static Dialogue parse(String name, String text) throws IOException {
    JsonNode root = JSON.readTree(text);
    List<NewTurn> turns = new ArrayList<>();
    Map<String, Long> seqs = new HashMap<>();
    for (int session = 1; root.has("session_" + session + "_date_time"); session++) {
      Instant time = time(name, root.path("session_" + session + "_date_time").asText());
      for (JsonNode turn : root.path("session_" + session)) {
        turns.add(new NewTurn(turn.path("speaker").asText(), content(turn), time, null));
        seqs.put(turn.path("dia_id").asText(), (long) turns.size());
      }
    }
    if (turns.isEmpty()) {
      throw new CommandException(name + " has no session_1: is it a LoCoMo conversation?");
    }
    List<Question> questions = new ArrayList<>();
    int withoutEvidence = 0;
    for (JsonNode qa : root.path("qa")) {
      @Nullable Category category = Category.of(qa.path("category").asInt()).orElse(null);
      if (category == null) {
        continue;
      }
      Set<Long> evidence = evidence(qa, seqs);
      if (evidence.isEmpty()) {
        withoutEvidence++;
      } else {
        questions.add(
            new Question(
                qa.path("question").asText(), qa.path("answer").asText(), category, evidence));
      }
    }
    return new Dialogue(name, turns, questions, withoutEvidence);
  }

  /** What was said, and what the picture sent with it shows. */
  private static String content(JsonNode turn) {
    String caption = turn.path("blip_caption").asText("");
    String said = turn.path("text").asText();
    return caption.isEmpty() ? said : said + " [" + caption + "]";
  }

  private static Set<Long> evidence(JsonNode qa, Map<String, Long> seqs) {
    Set<Long> evidence = new HashSet<>();
    for (JsonNode cited : qa.path("evidence")) {
      Matcher ids = TURN_ID.matcher(cited.asText());
      while (ids.find()) {
        @Nullable Long seq = seqs.get(ids.group());
        if (seq != null) {
          evidence.add(seq);
        }
      }
    }
    return evidence;
  }

  private static Instant time(String name, String text) {
    try {
      return LocalDateTime.parse(text, SESSION_TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new CommandException(name + " has a session time that is none: " + text, e);
    }
  }
}
