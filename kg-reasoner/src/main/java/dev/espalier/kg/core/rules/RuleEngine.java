package dev.espalier.kg.core.rules;

import dev.espalier.kg.core.explain.ReasoningPath;
import dev.espalier.kg.core.explore.Answer;
import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Answers queries on one graph by its rules, from any thread. A relation is mined when first asked.
 */
/*
 * An entity's score joins the five surest rules that lead to it as independent evidence, 1 - prod (1 -
 * confidence); AnyBURL compares them one after another. The probability is the surest rule's
 * confidence.
 */
public final class RuleEngine {

  private static final int EVIDENCE = 5;

  private static final Comparator<Answer> BEST_FIRST =
      Comparator.comparingDouble(Answer::score).reversed().thenComparing(Answer::entity);

  private final KnowledgeGraph graph;
  private final LongSupplier nanoClock;
  private final Map<Integer, List<Rule>> rules = new ConcurrentHashMap<>();

  public RuleEngine(KnowledgeGraph graph, LongSupplier nanoClock) {
    this.graph = graph;
    this.nanoClock = nanoClock;
  }

  /** The rules of a relation or inverse, the surest first. */
  public List<Rule> rules(int relation) {
    return rules.computeIfAbsent(relation, new RuleMiner(graph)::mine);
  }

  /** Ranks where the rules lead. */
  public Answers answer(Query query) {
    return answer(query, rules(query.relation()));
  }

  /**
   * Ranks where some rules lead, which may be another graph's.
   *
   * @param ordered the surest first
   */
  public Answers answer(Query query, List<Rule> ordered) {
    long start = nanoClock.getAsLong();
    Found found = follow(query, ordered, start);
    int[] known = graph.tails(query.entity(), query.relation());
    List<Answer> answers = new ArrayList<>();
    found.evidence.forEach(
        (entity, confidences) -> {
          boolean isKnown = Arrays.binarySearch(known, entity) >= 0;
          if (!isKnown || !query.excludesKnown()) {
            double score = joined(confidences);
            answers.add(new Answer(entity, score, Math.log(score), confidences.get(0), isKnown, 0));
          }
        });
    answers.sort(BEST_FIRST);
    List<Answer> best = answers.subList(0, Math.min(query.k(), answers.size()));
    return new Answers(
        ranked(best),
        List.of(),
        List.of(),
        !found.isCut && !found.isCapped,
        !found.isCut,
        nanoClock.getAsLong() - start);
  }

  /** The ways of the surest rules to an answer; a way's weight is its rule's confidence. */
  public List<ReasoningPath> paths(Query query, int answer, int count) {
    List<ReasoningPath> paths = new ArrayList<>();
    RuleWalk walk = new RuleWalk(graph, query.hidden(), () -> false);
    for (Rule rule : rules(query.relation())) {
      for (List<Triple> way : walk.ways(query.entity(), rule.body(), answer, count)) {
        if (paths.size() == count) {
          return paths;
        }
        paths.add(new ReasoningPath(way, rule.confidence()));
      }
    }
    return paths;
  }

  private Found follow(Query query, List<Rule> ordered, long start) {
    Found found = new Found();
    long deadline = query.budget().deadline(start);
    long[] left = {query.budget().edges()};
    RuleWalk walk =
        new RuleWalk(
            graph,
            query.hidden(),
            () -> {
              boolean over =
                  left[0] <= 0 || (deadline != Long.MAX_VALUE && nanoClock.getAsLong() > deadline);
              left[0]--;
              found.isCut |= over;
              return over;
            });
    for (Rule rule : ordered) {
      if (rule.body().size() > query.maxHops()) {
        continue;
      }
      for (int end : walk.ends(query.entity(), rule.body())) {
        List<Double> evidence = found.evidence.computeIfAbsent(end, e -> new ArrayList<>());
        if (evidence.size() < EVIDENCE) {
          evidence.add(rule.confidence());
        }
      }
      if (found.isCut) {
        break;
      }
    }
    found.isCapped = walk.isCapped();
    return found;
  }

  private static double joined(List<Double> confidences) {
    double doubt = 1;
    for (double confidence : confidences) {
      doubt *= 1 - confidence;
    }
    return 1 - doubt;
  }

  private static List<Answer> ranked(List<Answer> sorted) {
    List<Answer> ranked = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Answer a = sorted.get(i);
      boolean equal = i > 0 && sorted.get(i - 1).score() == a.score();
      int rank = equal ? ranked.get(i - 1).rank() : i + 1;
      ranked.add(new Answer(a.entity(), a.score(), a.logShare(), a.probability(), a.known(), rank));
    }
    return ranked;
  }

  private static final class Found {
    final Map<Integer, List<Double>> evidence = new HashMap<>();
    boolean isCut;
    boolean isCapped;
  }
}
