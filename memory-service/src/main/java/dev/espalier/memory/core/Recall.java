package dev.espalier.memory.core;

import dev.espalier.memory.core.ReciprocalRankFusion.Fused;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Finds the turns of a conversation that matter for a question. */
public final class Recall {

  private static final String DENSE = "dense";
  private static final String LEXICAL = "lexical";

  /** How deep each ranking is read; deeper changes evidence recall by less than 0.3 points. */
  static final int DEPTH = 200;

  private final UnitOfWork work;
  private final TurnStore turns;
  private final VectorIndex vectors;
  private final LexicalIndex words;
  private final Embedders embedders;
  private final ConversationModels models;
  private final Executor beside;

  /**
   * @param beside where questions are embedded while the words are searched
   */
  public Recall(
      UnitOfWork work,
      TurnStore turns,
      VectorIndex vectors,
      LexicalIndex words,
      Embedders embedders,
      ConversationModels models,
      Executor beside) {
    this.work = work;
    this.turns = turns;
    this.vectors = vectors;
    this.words = words;
    this.embedders = embedders;
    this.models = models;
    this.beside = beside;
  }

  /**
   * @throws MemoryException {@code memory.conversation_not_found}, {@code database.unavailable},
   *     {@code request.deadline_exceeded}
   */
  public Recalled recall(Scope scope, UUID conversation, RecallQuery query) {
    Question question = ask(query);
    return work.in(scope, () -> answer(conversation, question));
  }

  /** The slow, database-free part, which may go on beside the unit of work that answers. */
  Question ask(RecallQuery query) {
    return new Question(
        query,
        query.mode().asksVectors() ? QueryVectors.of(query.text(), embedders, beside) : null);
  }

  /** The part inside a unit of work. */
  Recalled answer(UUID conversation, Question question) {
    RecallQuery query = question.query();
    IndexState index = turns.indexState(conversation);
    Iterator<Fused> ranking = rank(conversation, question).iterator();
    List<Recalled.Hit> hits = new ArrayList<>(query.k());
    // A second round only where turns were erased, whose neighbours' words still lead to them.
    while (hits.size() < query.k() && ranking.hasNext()) {
      List<Fused> best = new ArrayList<>();
      while (hits.size() + best.size() < query.k() && ranking.hasNext()) {
        best.add(ranking.next());
      }
      addReadable(conversation, best, query.neighbours(), hits);
    }
    return new Recalled(hits, index, question.failure());
  }

  private void addReadable(
      UUID conversation, List<Fused> best, int neighbours, List<Recalled.Hit> hits) {
    TreeSet<Long> wanted = new TreeSet<>();
    best.forEach(hit -> around(hit.seq(), neighbours).forEach(wanted::add));
    SortedMap<Long, Turn> found = turns.find(conversation, wanted);
    found.values().removeIf(turn -> !turn.isReadable());
    for (Fused hit : best) {
      Turn turn = found.get(hit.seq());
      if (turn != null) {
        hits.add(
            new Recalled.Hit(
                turn, hit.score(), hit.parts(), neighbours(hit.seq(), neighbours, found)));
      }
    }
  }

  private List<Fused> rank(UUID conversation, Question question) {
    return ReciprocalRankFusion.fuse(rankings(conversation, question));
  }

  /** What each index says, best first, inside a unit of work. */
  Map<String, List<Ranked>> rankings(UUID conversation, Question question) {
    RecallQuery query = question.query();
    SeqSet allowed = query.filter().isAll() ? null : turns.matching(conversation, query.filter());
    if (allowed != null && allowed.isEmpty()) {
      return Map.of();
    }
    int depth = Math.max(DEPTH, query.k());
    Map<String, List<Ranked>> rankings = new LinkedHashMap<>();
    if (query.mode().asksWords()) {
      // First, while the question is being embedded.
      rankings.put(LEXICAL, words.search(conversation, query.text(), depth, allowed));
    }
    QueryVectors asked = question.vectors();
    Optional<EmbeddingModel> model = asked == null ? Optional.empty() : models.of(conversation);
    if (asked != null && model.isPresent()) {
      asked
          .by(model.get())
          .ifPresent(
              vector -> rankings.put(DENSE, vectors.nearest(conversation, vector, depth, allowed)));
    }
    if (!query.mode().asksWords() && question.failure() != null) {
      rankings.put(LEXICAL, words.search(conversation, query.text(), depth, allowed));
    }
    return preferringNamed(conversation, query.text(), rankings);
  }

  private Map<String, List<Ranked>> preferringNamed(
      UUID conversation, String text, Map<String, List<Ranked>> rankings) {
    Set<Long> found = new TreeSet<>();
    rankings.values().forEach(ranking -> ranking.forEach(hit -> found.add(hit.seq())));
    Preference preference = new Preference(text, turns.occasions(conversation, found));
    rankings.computeIfPresent(DENSE, (index, ranking) -> preference.amongCosines(ranking));
    rankings.computeIfPresent(LEXICAL, (index, ranking) -> preference.amongBm25(ranking));
    return rankings;
  }

  private static LongStream around(long seq, int neighbours) {
    return LongStream.rangeClosed(Math.max(1, seq - neighbours), seq + neighbours);
  }

  private static List<Turn> neighbours(long seq, int neighbours, SortedMap<Long, Turn> found) {
    return around(seq, neighbours)
        .filter(near -> near != seq)
        .mapToObj(found::get)
        .filter(Objects::nonNull)
        .toList();
  }

  /** A query with its vectors, which are null when no index needs them. */
  record Question(RecallQuery query, @Nullable QueryVectors vectors) {

    /** Why words alone had to do, or null. */
    @Nullable String failure() {
      return vectors == null ? null : vectors.failure();
    }
  }
}
