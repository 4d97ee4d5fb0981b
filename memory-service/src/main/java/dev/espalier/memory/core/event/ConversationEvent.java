package dev.espalier.memory.core.event;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Something that happened in a conversation, in ids and numbers: what was said is read elsewhere,
 * so that nothing has to be erased here.
 *
 * @param type its stable name
 * @param facts numbers, ids and names of our own making; never text of a user
 */
public record ConversationEvent(String type, Map<String, Object> facts) {

  public static final String DELETED = "conversation.deleted";

  public ConversationEvent {
    facts = Map.copyOf(facts);
  }

  public static ConversationEvent appended(long firstSeq, long lastSeq) {
    return new ConversationEvent(
        "turns.appended", Map.of("first_seq", firstSeq, "last_seq", lastSeq));
  }

  public static ConversationEvent embedded(Collection<Long> seqs) {
    return new ConversationEvent("turns.embedded", Map.of("seqs", inOrder(seqs)));
  }

  public static ConversationEvent redacted(Collection<Long> seqs) {
    return new ConversationEvent("turns.redacted", Map.of("seqs", inOrder(seqs)));
  }

  public static ConversationEvent summarised(
      int level, long firstSeq, long lastSeq, int version, String method) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("level", level);
    facts.put("first_seq", firstSeq);
    facts.put("last_seq", lastSeq);
    facts.put("version", version);
    facts.put("method", method);
    return new ConversationEvent("summary.made", facts);
  }

  /**
   * A run moved turns; which ones is read at the run.
   *
   * @param changes how many moved, by "from_to_to"
   */
  public static ConversationEvent forgotten(UUID run, Map<String, Integer> changes) {
    return new ConversationEvent(
        "forgetting.run", Map.of("run_id", run.toString(), "changes", new TreeMap<>(changes)));
  }

  /** A run was undone. */
  public static ConversationEvent remembered(UUID run, int restored, int left) {
    return new ConversationEvent(
        "forgetting.undone", Map.of("run_id", run.toString(), "restored", restored, "left", left));
  }

  /** Dormant turns were used, and are active again. */
  public static ConversationEvent woken(Collection<Long> seqs) {
    return new ConversationEvent("turns.woken", Map.of("seqs", inOrder(seqs)));
  }

  public static ConversationEvent pinned(long seq) {
    return new ConversationEvent("turn.pinned", Map.of("seq", seq));
  }

  public static ConversationEvent unpinned(long seq) {
    return new ConversationEvent("turn.unpinned", Map.of("seq", seq));
  }

  /** The vectors of another model are searched from here on. */
  public static ConversationEvent cutOver(String model) {
    return new ConversationEvent("embedding.cut_over", Map.of("model", model));
  }

  public static ConversationEvent deleted() {
    return new ConversationEvent(DELETED, Map.of());
  }

  private static List<Long> inOrder(Collection<Long> seqs) {
    return List.copyOf(new TreeSet<>(seqs));
  }
}
