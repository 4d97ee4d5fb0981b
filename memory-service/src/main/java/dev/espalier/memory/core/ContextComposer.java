package dev.espalier.memory.core;

import dev.espalier.memory.core.ComposedContext.Dropped;
import dev.espalier.memory.core.ComposedContext.Message;
import dev.espalier.memory.core.ComposedContext.Section;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Composes a prompt within a token budget: recalled turns as quoted data, then the newest turns,
 * then the input.
 */
public final class ContextComposer {

  /*
   * HEMA (arXiv 2504.16754) orders the prompt: system, summary, recalled chunks, last turns, the
   * user's turn, and trims recalled chunks first. We keep the order. Deviation: turns are shown by
   * day, not by score, because a reader follows a conversation forwards; the score only decides
   * which go in, greedily, so one long turn that does not fit leaves room for the shorter ones
   * behind it. Cost: one recall, and one token count per candidate.
   */
  private static final int CANDIDATES = 100;

  private static final int NEWEST = 50;

  /** What a chat model charges around each message, and once to begin its answer. */
  private static final int TOKENS_PER_MESSAGE = 4;

  private static final int TOKENS_TO_BEGIN = 3;

  private final UnitOfWork work;
  private final TurnStore turns;
  private final Recall recall;

  public ContextComposer(UnitOfWork work, TurnStore turns, Recall recall) {
    this.work = work;
    this.turns = turns;
    this.recall = recall;
  }

  /**
   * @return a context whose {@code tokensTotal} is at most the budget
   * @throws MemoryException {@code memory.conversation_not_found}, {@code memory.budget_too_small}
   *     when the input alone does not fit, and what {@link Recall#recall} throws
   */
  public ComposedContext compose(
      Scope scope, UUID conversation, ContextRequest request, TokenCounter tokens) {
    int inputTokens = TOKENS_PER_MESSAGE + tokens.count(request.input());
    int needed = TOKENS_TO_BEGIN + inputTokens;
    if (needed > request.budgetTokens()) {
      throw MemoryException.budgetTooSmall(needed, request.budgetTokens());
    }
    Recall.Question question =
        recall.ask(
            new RecallQuery(request.input(), CANDIDATES, RecallMode.HYBRID, TurnFilter.ALL, 0));
    return work.in(
        scope,
        () -> {
          Recalled recalled = recall.answer(conversation, question);
          return new Draft(request, tokens, inputTokens)
              .withNewest(turns.newest(conversation, NEWEST))
              .withRecalled(recalled.hits())
              .finish(recalled.index());
        });
  }

  /** A prompt in the making, which never grows over its budget. */
  private static final class Draft {

    private final ContextRequest request;
    private final TokenCounter tokens;
    private final int inputTokens;
    private final Deque<Turn> newest = new ArrayDeque<>();
    private final TreeSet<Turn> recalled = new TreeSet<>(QuotedTurns.ORDER);
    private final List<Dropped> dropped = new ArrayList<>();
    private int newestTokens;
    private int recalledTokens;

    Draft(ContextRequest request, TokenCounter tokens, int inputTokens) {
      this.request = request;
      this.tokens = tokens;
      this.inputTokens = inputTokens;
    }

    Draft withNewest(List<Turn> oldestFirst) {
      int share = Math.min(request.lastTurnsShare(), left() - request.recalledTokens());
      for (int i = oldestFirst.size() - 1; i >= 0; i--) {
        Turn turn = oldestFirst.get(i);
        boolean isSpoken = turn.role() == Role.USER || turn.role() == Role.ASSISTANT;
        if (!isSpoken || !turn.isReadable()) {
          continue;
        }
        int cost = TOKENS_PER_MESSAGE + tokens.count(verbatim(turn));
        if (newestTokens + cost > share) {
          break;
        }
        newest.addFirst(turn);
        newestTokens += cost;
      }
      return this;
    }

    Draft withRecalled(List<Recalled.Hit> bestFirst) {
      Set<Long> shown = new HashSet<>();
      newest.forEach(turn -> shown.add(turn.seq()));
      Set<LocalDate> days = new HashSet<>();
      int framing =
          TOKENS_PER_MESSAGE
              + tokens.count(QuotedTurns.OPENING)
              + tokens.count(QuotedTurns.CLOSING);
      for (Recalled.Hit hit : bestFirst) {
        Turn turn = hit.turn();
        if (shown.contains(turn.seq())) {
          continue;
        }
        LocalDate day = QuotedTurns.day(turn);
        int cost =
            tokens.count(QuotedTurns.lines(turn))
                + (days.contains(day) ? 0 : tokens.count(QuotedTurns.dayLine(day)))
                + (recalled.isEmpty() ? framing : 0);
        if (cost > left()) {
          dropped.add(new Dropped(turn.seq(), hit.score(), cost, "over_budget"));
          continue;
        }
        recalled.add(turn);
        days.add(day);
        recalledTokens += cost;
      }
      return this;
    }

    ComposedContext finish(IndexState index) {
      List<Message> messages = new ArrayList<>();
      if (!recalled.isEmpty()) {
        messages.add(new Message(Role.USER, QuotedTurns.render(recalled)));
      }
      newest.forEach(turn -> messages.add(new Message(turn.role(), verbatim(turn))));
      messages.add(new Message(Role.USER, request.input()));
      return new ComposedContext(
          List.copyOf(messages),
          List.of(
              new Section("recalled", recalledTokens, seqs(recalled)),
              new Section("last_turns", newestTokens, seqs(newest)),
              new Section("input", inputTokens, List.of())),
          List.copyOf(dropped),
          request.budgetTokens() - left(),
          request.budgetTokens(),
          index);
    }

    private static List<Long> seqs(Collection<Turn> turns) {
      return turns.stream().map(Turn::seq).toList();
    }

    private int left() {
      return request.budgetTokens() - TOKENS_TO_BEGIN - inputTokens - newestTokens - recalledTokens;
    }

    private static String verbatim(Turn turn) {
      String speaker = turn.speaker();
      return speaker != null && turn.role() == Role.USER
          ? speaker + ": " + turn.content()
          : turn.content();
    }
  }
}
