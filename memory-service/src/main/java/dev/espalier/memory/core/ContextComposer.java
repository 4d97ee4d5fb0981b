package dev.espalier.memory.core;

import dev.espalier.memory.core.summary.CompactMemory;
import java.util.UUID;

/**
 * Composes a prompt within a token budget: the caller's instructions, the summary and recalled
 * turns as quoted data, then the newest turns, then the input.
 */
public final class ContextComposer {

  /*
   * HEMA (arXiv 2504.16754) orders the prompt: system, summary, recalled chunks, last turns, the
   * user's turn, and trims recalled chunks first. We keep the order. Deviation: turns are shown by
   * day, not by score, because a reader follows a conversation forwards; the score only decides
   * which go in, greedily, so one long turn that does not fit leaves room for the shorter ones
   * behind it. Cost: one recall, and one token count per candidate.
   */
  private static final int MIN_CANDIDATES = 100;

  private static final int MAX_CANDIDATES = 400;

  /** Of a short turn; so that a large budget is not left half empty. */
  private static final int TOKENS_PER_TURN = 25;

  private static final int NEWEST = 50;

  private final UnitOfWork work;
  private final TurnStore turns;
  private final Recall recall;
  private final CompactMemory summaries;

  public ContextComposer(UnitOfWork work, TurnStore turns, Recall recall, CompactMemory summaries) {
    this.work = work;
    this.turns = turns;
    this.recall = recall;
    this.summaries = summaries;
  }

  /**
   * @return a context whose {@code tokensTotal} is at most the budget
   * @throws MemoryException {@code memory.conversation_not_found}, {@code memory.budget_too_small}
   *     when the input alone does not fit, and what {@link Recall#recall} throws
   */
  public ComposedContext compose(
      Scope scope, UUID conversation, ContextRequest request, TokenCounter tokens) {
    int inputTokens = ContextDraft.TOKENS_PER_MESSAGE + tokens.count(request.input());
    int systemTokens =
        request.system() == null
            ? 0
            : ContextDraft.TOKENS_PER_MESSAGE + tokens.count(request.system());
    int needed = ContextDraft.TOKENS_TO_BEGIN + systemTokens + inputTokens;
    if (needed > request.budgetTokens()) {
      throw MemoryException.budgetTooSmall(needed, request.budgetTokens());
    }
    Recall.Question question =
        recall.ask(
            new RecallQuery(
                request.input(), candidates(request), RecallMode.HYBRID, TurnFilter.ALL, 0));
    return work.in(
        scope,
        () -> {
          Recalled recalled = recall.answer(conversation, question);
          ContextDraft draft = new ContextDraft(request, tokens, systemTokens, inputTokens);
          if (request.summaryShare() > 0) {
            summaries.current(conversation, null).whole().ifPresent(draft::withSummary);
          }
          return draft
              .withNewest(turns.newest(conversation, NEWEST))
              .withRecalled(recalled.hits())
              .finish(recalled.index());
        });
  }

  private static int candidates(ContextRequest request) {
    int asMayFit = request.budgetTokens() / TOKENS_PER_TURN;
    return Math.min(MAX_CANDIDATES, Math.max(MIN_CANDIDATES, asMayFit));
  }
}
