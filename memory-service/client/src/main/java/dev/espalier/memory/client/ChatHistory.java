package dev.espalier.memory.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chat memory in one conversation: the conversation's subject is the memory's id, its turns are
 * everything that was ever said, and its metadata says which of them the framework's list shows.
 */
final class ChatHistory {

  private static final String CONVERSATIONS = "/v1/conversations";
  private static final String PREFIX = "chat:";
  private static final String SHOWN = "shown";
  private static final String ORIGINAL = "original";
  private static final int MAX_TRIES = 5;
  private static final int PAGE = 1000;

  private final MemoryHttp http;
  private final String name;

  ChatHistory(MemoryHttp http, String name) {
    this.http = http;
    this.name = name;
  }

  /** The messages that were written last. */
  List<ChatTurn> read() {
    return find().map(conversation -> view(conversation).turns()).orElse(List.of());
  }

  /**
   * Shows these messages from now on. What of them is not stored is appended; what they leave out
   * stays in the conversation. Of two that write at once the later one looks again.
   */
  void write(List<ChatTurn> messages) {
    JsonNode conversation = find().orElseGet(this::create);
    for (int tries = 1; ; tries++) {
      try {
        write(conversation, messages);
        return;
      } catch (EspalierException e) {
        boolean isRace = e.status() == 409 || e.status() == 412;
        if (!isRace || tries == MAX_TRIES) {
          throw e;
        }
        conversation = http.get(address(conversation));
      }
    }
  }

  /** Shows nothing. The history stays: whoever wants it gone erases the subject. */
  void clear() {
    find().ifPresent(conversation -> show(conversation, List.of()));
  }

  /** The ids of the chat memories that show something. */
  static List<String> names(MemoryHttp http) {
    List<String> names = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = http.get(CONVERSATIONS + "?limit=200" + cursor);
      for (JsonNode conversation : page.path("conversations")) {
        String subject = conversation.path("subject").asText("");
        if (subject.startsWith(PREFIX) && !conversation.path("metadata").path(SHOWN).isEmpty()) {
          names.add(subject.substring(PREFIX.length()));
        }
      }
      String next = page.path("next_cursor").asText("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return names;
  }

  private void write(JsonNode conversation, List<ChatTurn> messages) {
    List<Long> numbers = new ArrayList<>(view(conversation).known(messages));
    List<ChatTurn> added = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (numbers.get(i) == 0) {
        added.add(messages.get(i));
      }
    }
    if (!added.isEmpty()) {
      JsonNode appended = append(conversation, added);
      int next = 0;
      for (int i = 0; i < numbers.size(); i++) {
        if (numbers.get(i) == 0) {
          numbers.set(i, appended.path("seqs").path(next++).asLong());
        }
      }
    }
    show(conversation, numbers);
  }

  private JsonNode append(JsonNode conversation, List<ChatTurn> added) {
    ObjectNode body = http.json().createObjectNode();
    body.put("expected_seq", conversation.path("last_seq").asLong());
    ArrayNode turns = body.putArray("turns");
    for (ChatTurn turn : added) {
      ObjectNode entry = turns.addObject().put("role", turn.role()).put("content", turn.content());
      if (!turn.original().isEmpty()) {
        entry.putObject("metadata").put(ORIGINAL, turn.original());
      }
    }
    return http.post(address(conversation) + "/turns", body, null);
  }

  private void show(JsonNode conversation, List<Long> seqs) {
    ObjectNode body = http.json().createObjectNode();
    ArrayNode ranges = body.putObject("metadata").putArray(SHOWN);
    for (int i = 0; i < seqs.size(); i++) {
      int last = i;
      while (last + 1 < seqs.size() && seqs.get(last + 1) == seqs.get(last) + 1) {
        last++;
      }
      ranges.addArray().add(seqs.get(i)).add(seqs.get(last));
      i = last;
    }
    http.patch(address(conversation), body);
  }

  private ChatView view(JsonNode conversation) {
    List<Long> seqs = new ArrayList<>();
    List<ChatTurn> turns = new ArrayList<>();
    for (JsonNode range : conversation.path("metadata").path(SHOWN)) {
      long last = range.path(1).asLong();
      long after = range.path(0).asLong() - 1;
      while (after < last) {
        long limit = Math.min(PAGE, last - after);
        JsonNode page =
            http.get(address(conversation) + "/turns?after_seq=" + after + "&limit=" + limit);
        for (JsonNode turn : page.path("turns")) {
          if (!turn.has("redacted_at")) {
            seqs.add(turn.path("seq").asLong());
            turns.add(turn(turn));
          }
        }
        after += limit;
      }
    }
    return new ChatView(seqs, turns);
  }

  private static ChatTurn turn(JsonNode stored) {
    return new ChatTurn(
        stored.path("role").asText(),
        stored.path("content").asText(),
        stored.path("metadata").path(ORIGINAL).asText(""));
  }

  /** The oldest one: two that were created at once are one from then on. */
  private Optional<JsonNode> find() {
    @Nullable JsonNode found = null;
    String cursor = "";
    do {
      JsonNode page =
          http.get(
              CONVERSATIONS
                  + "?limit=200&subject="
                  + URLEncoder.encode(PREFIX + name, StandardCharsets.UTF_8)
                  + cursor);
      for (JsonNode conversation : page.path("conversations")) {
        found = conversation;
      }
      String next = page.path("next_cursor").asText("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return Optional.ofNullable(found);
  }

  private JsonNode create() {
    ObjectNode body = http.json().createObjectNode();
    body.put("subject", PREFIX + name);
    return http.post(CONVERSATIONS, body, "chat-" + hash(name));
  }

  private static String address(JsonNode conversation) {
    return CONVERSATIONS + "/" + conversation.path("id").asText();
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
