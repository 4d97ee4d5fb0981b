package dev.espalier.memory.core;

import dev.espalier.memory.core.Recall.Question;
import dev.espalier.memory.core.ReciprocalRankFusion.Fused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Finds the turns that matter for a question in all conversations with or about somebody. */
public final class SubjectRecall {

  /*
   * Each conversation is searched for itself, exactly as a recall of it would. Cosines of one model
   * compare across conversations; BM25 scores do so roughly, since a word's rarity is the
   * conversation's own. So each kind of score is merged into one ranking, and the two rankings are
   * fused as within a conversation. Cost: one recall a conversation, the question embedded once.
   */

  /** The newest so many are searched: a second's work where each has a thousand turns. */
  public static final int MAX_CONVERSATIONS = 200;

  private final UnitOfWork work;
  private final ConversationStore conversations;
  private final TurnStore turns;
  private final Recall recall;

  public SubjectRecall(
      UnitOfWork work, ConversationStore conversations, TurnStore turns, Recall recall) {
    this.work = work;
    this.conversations = conversations;
    this.turns = turns;
    this.recall = recall;
  }

  /**
   * @param query neighbours are not brought along
   * @throws MemoryException {@code database.unavailable}, {@code request.deadline_exceeded}
   */
  public Found recall(Scope scope, String subject, RecallQuery query) {
    Question question = recall.ask(query);
    return work.in(
        scope,
        () -> {
          List<Conversation> newest = conversations.page(null, subject, MAX_CONVERSATIONS + 1);
          boolean isAll = newest.size() <= MAX_CONVERSATIONS;
          List<Conversation> searched = isAll ? newest : newest.subList(0, MAX_CONVERSATIONS);
          return new Found(hits(searched, question), searched.size(), isAll);
        });
  }

  private List<Hit> hits(List<Conversation> searched, Question question) {
    Map<String, TopRanked> merged = new TreeMap<>();
    for (int i = 0; i < searched.size(); i++) {
      // A newer conversation wins a tie, as a newer turn does.
      long ordinal = searched.size() - i;
      recall
          .rankings(searched.get(i).id(), question)
          .forEach(
              (index, ranking) -> {
                TopRanked top = merged.computeIfAbsent(index, it -> new TopRanked(Recall.DEPTH));
                ranking.forEach(hit -> top.offer(new Place(ordinal, hit.seq()).key(), hit.score()));
              });
    }
    Map<String, List<Ranked>> rankings = new TreeMap<>();
    merged.forEach((index, top) -> rankings.put(index, top.bestFirst()));
    List<Fused> best =
        ReciprocalRankFusion.fuse(rankings).stream().limit(question.query().k()).toList();
    return read(searched, best);
  }

  private List<Hit> read(List<Conversation> searched, List<Fused> best) {
    Map<Long, List<Long>> wanted = new HashMap<>();
    for (Fused hit : best) {
      Place place = Place.of(hit.seq());
      wanted.computeIfAbsent(place.ordinal(), it -> new ArrayList<>()).add(place.seq());
    }
    Map<Long, SortedMap<Long, Turn>> found = new HashMap<>();
    wanted.forEach((ordinal, seqs) -> found.put(ordinal, turns.find(id(searched, ordinal), seqs)));
    List<Hit> hits = new ArrayList<>(best.size());
    for (Fused hit : best) {
      Place place = Place.of(hit.seq());
      Turn turn = found.getOrDefault(place.ordinal(), new TreeMap<>()).get(place.seq());
      if (turn != null) {
        hits.add(
            new Hit(
                id(searched, place.ordinal()),
                searched.get(searched.size() - (int) place.ordinal()).lastSeq(),
                new Recalled.Hit(turn, hit.score(), hit.parts(), List.of())));
      }
    }
    return hits;
  }

  private static UUID id(List<Conversation> searched, long ordinal) {
    return searched.get(searched.size() - (int) ordinal).id();
  }

  /**
   * The answer.
   *
   * @param hits best first
   * @param conversations how many were searched
   * @param isAll whether the subject has no more of them
   */
  public record Found(List<Hit> hits, int conversations, boolean isAll) {
    public Found {
      hits = List.copyOf(hits);
    }
  }

  /**
   * A turn, and where it was said.
   *
   * @param lastSeq the conversation's newest turn
   */
  public record Hit(UUID conversation, long lastSeq, Recalled.Hit hit) {}

  /** A turn of a conversation as one number. */
  private record Place(long ordinal, long seq) {

    private static final int SEQ_BITS = 48;

    long key() {
      return ordinal << SEQ_BITS | seq;
    }

    static Place of(long key) {
      return new Place(key >>> SEQ_BITS, key & ((1L << SEQ_BITS) - 1));
    }
  }
}
