package dev.espalier.memory.core;

import dev.espalier.memory.core.ComposedContext.Dropped;
import dev.espalier.memory.core.ComposedContext.Message;
import dev.espalier.memory.core.ComposedContext.Section;
import dev.espalier.memory.core.summary.CompactSummary;
import dev.espalier.memory.core.summary.Sentence;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A prompt in the making, which never grows over its budget. */
final class ContextDraft {

  /** What a chat model charges around each message, and once to begin its answer. */
  static final int TOKENS_PER_MESSAGE = 4;

  static final int TOKENS_TO_BEGIN = 3;

  private final ContextRequest request;
  private final TokenCounter tokens;
  private final int systemTokens;
  private final int inputTokens;
  private final List<Sentence> summary = new ArrayList<>();
  private final Deque<Turn> newest = new ArrayDeque<>();
  private final TreeSet<Turn> recalled = new TreeSet<>(QuotedTurns.ORDER);
  private final List<Dropped> dropped = new ArrayList<>();
  private int summaryTokens;
  private int newestTokens;
  private int recalledTokens;

  ContextDraft(ContextRequest request, TokenCounter tokens, int systemTokens, int inputTokens) {
    this.request = request;
    this.tokens = tokens;
    this.systemTokens = systemTokens;
    this.inputTokens = inputTokens;
  }

  void withSummary(CompactSummary whole) {
    int share = Math.min(request.summaryShare(), left() - request.recalledTokens());
    int used =
        TOKENS_PER_MESSAGE
            + tokens.count(QuotedSummary.OPENING)
            + tokens.count(QuotedSummary.CLOSING);
    Set<Sentence> chosen = new HashSet<>();
    for (Sentence sentence : QuotedSummary.byImportance(whole.summary())) {
      int cost = tokens.count(QuotedSummary.line(sentence));
      if (used + cost <= share) {
        chosen.add(sentence);
        used += cost;
      }
    }
    if (!chosen.isEmpty()) {
      whole.summary().body().stream().filter(chosen::contains).forEach(summary::add);
      summaryTokens = used;
    }
  }

  ContextDraft withNewest(List<Turn> oldestFirst) {
    int share = Math.min(request.lastTurnsShare(), left() - request.recalledTokens());
    for (int i = oldestFirst.size() - 1; i >= 0; i--) {
      Turn turn = oldestFirst.get(i);
      if (turn.role() != Role.USER && turn.role() != Role.ASSISTANT) {
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

  ContextDraft withRecalled(List<Recalled.Hit> bestFirst) {
    Set<Long> newestSeqs = new HashSet<>();
    newest.forEach(turn -> newestSeqs.add(turn.seq()));
    Set<LocalDate> days = new HashSet<>();
    int framing =
        TOKENS_PER_MESSAGE + tokens.count(QuotedTurns.OPENING) + tokens.count(QuotedTurns.CLOSING);
    UnaryOperator<Turn> shown = shortening(bestFirst);
    for (Recalled.Hit hit : bestFirst) {
      Turn turn = shown.apply(hit.turn());
      if (newestSeqs.contains(turn.seq())) {
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

  private UnaryOperator<Turn> shortening(List<Recalled.Hit> hits) {
    return request.filtersSentences()
        ? new SentenceFilter(request.input(), hits.stream().map(Recalled.Hit::turn).toList())
            ::shorten
        : UnaryOperator.identity();
  }

  ComposedContext finish(IndexState index) {
    List<Message> messages = new ArrayList<>();
    if (request.system() != null) {
      messages.add(new Message(Role.SYSTEM, request.system()));
    }
    if (!summary.isEmpty()) {
      messages.add(new Message(Role.USER, QuotedSummary.render(summary)));
    }
    if (!recalled.isEmpty()) {
      messages.add(new Message(Role.USER, QuotedTurns.render(recalled)));
    }
    newest.forEach(turn -> messages.add(new Message(turn.role(), verbatim(turn))));
    messages.add(new Message(Role.USER, request.input()));
    return new ComposedContext(
        List.copyOf(messages),
        sections(),
        List.copyOf(dropped),
        request.budgetTokens() - left(),
        request.budgetTokens(),
        index);
  }

  /** In the order of the messages; instructions and summary only where there are any. */
  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    if (systemTokens > 0) {
      sections.add(new Section("system", systemTokens, List.of()));
    }
    if (summaryTokens > 0) {
      sections.add(new Section("summary", summaryTokens, summarySeqs()));
    }
    sections.add(new Section("recalled", recalledTokens, seqs(recalled)));
    sections.add(new Section("last_turns", newestTokens, seqs(newest)));
    sections.add(new Section("input", inputTokens, List.of()));
    return sections;
  }

  private List<Long> summarySeqs() {
    return summary.stream().flatMap(s -> s.seqs().stream()).distinct().sorted().toList();
  }

  private static List<Long> seqs(Collection<Turn> turns) {
    return turns.stream().map(Turn::seq).toList();
  }

  private int left() {
    return request.budgetTokens()
        - TOKENS_TO_BEGIN
        - systemTokens
        - summaryTokens
        - inputTokens
        - newestTokens
        - recalledTokens;
  }

  private static String verbatim(Turn turn) {
    String speaker = turn.speaker();
    return speaker != null && turn.role() == Role.USER
        ? speaker + ": " + turn.content()
        : turn.content();
  }
}
