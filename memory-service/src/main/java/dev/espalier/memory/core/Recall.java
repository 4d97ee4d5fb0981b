package dev.espalier.memory.core;

import dev.espalier.memory.core.ReciprocalRankFusion.Fused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
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
  private final Embedder embedder;

  public Recall(
      UnitOfWork work,
      TurnStore turns,
      VectorIndex vectors,
      LexicalIndex words,
      Embedder embedder) {
    this.work = work;
    this.turns = turns;
    this.vectors = vectors;
    this.words = words;
    this.embedder = embedder;
  }

  /**
   * @throws MemoryException {@code memory.conversation_not_found}, {@code database.unavailable},
   *     {@code request.deadline_exceeded}
   */
  public Recalled recall(Scope scope, UUID conversation, RecallQuery query) {
    Question question = ask(query);
    return work.in(scope, () -> answer(conversation, question));
  }

  /** The slow, database-free part: do it before a unit of work holds a connection. */
  Question ask(RecallQuery query) {
    return new Question(
        query, query.mode().asksVectors() ? embedder.embedQuery(query.text()) : null);
  }

  /** The part inside a unit of work. */
  Recalled answer(UUID conversation, Question question) {
    RecallQuery query = question.query();
    IndexState index = turns.indexState(conversation);
    List<Fused> best = rank(conversation, question).stream().limit(query.k()).toList();

    TreeSet<Long> wanted = new TreeSet<>();
    best.forEach(hit -> around(hit.seq(), query.neighbours()).forEach(wanted::add));
    SortedMap<Long, Turn> found = turns.find(conversation, wanted);

    List<Recalled.Hit> hits = new ArrayList<>(best.size());
    for (Fused hit : best) {
      Turn turn = found.get(hit.seq());
      if (turn != null) {
        hits.add(
            new Recalled.Hit(
                turn, hit.score(), hit.parts(), neighbours(hit.seq(), query.neighbours(), found)));
      }
    }
    return new Recalled(hits, index);
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
    if (question.vector() != null) {
      rankings.put(DENSE, vectors.nearest(conversation, question.vector(), depth, allowed));
    }
    if (query.mode().asksWords()) {
      rankings.put(LEXICAL, words.search(conversation, query.text(), depth, allowed));
    }
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

  /** A query with its vector, which is null when no index needs it. */
  record Question(RecallQuery query, float @Nullable [] vector) {}
}
