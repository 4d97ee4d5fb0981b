package dev.espalier.kg.core.rules;

import dev.espalier.kg.core.explain.Engine;
import dev.espalier.kg.core.explain.ReasoningPath;
import dev.espalier.kg.core.explore.Answer;
import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Answers questions about one relation of a graph by rules, from any thread. */
/*
 * An entity's score joins the five surest rules that lead to it as independent evidence, 1 - prod (1 -
 * confidence); AnyBURL compares them one after another. The probability is the surest rule's
 * confidence.
 */
public final class RuleEngine implements Engine {

  private static final int EVIDENCE = 5;

  /** Triples of a hop that are told as walked. */
  private static final int MOST_WALKED = 10_000;

  private final KnowledgeGraph graph;
  private final List<Rule> rules;
  private final LongSupplier nanoClock;

  /**
   * @param rules that conclude the relation, or the inverse, that is asked for, the surest first;
   *     they may be another graph's
   */
  public RuleEngine(KnowledgeGraph graph, List<Rule> rules, LongSupplier nanoClock) {
    this.graph = graph;
    this.rules = List.copyOf(rules);
    this.nanoClock = nanoClock;
  }

  @Override
  public KnowledgeGraph graph() {
    return graph;
  }

  /** Ranks where the rules lead. */
  @Override
  public Answers answer(Query query) {
    long start = nanoClock.getAsLong();
    Spending spending = Spending.of(query.budget(), nanoClock);
    RuleWalk walk = new RuleWalk(graph, query.hidden(), spending);
    Map<Integer, List<Double>> found = new HashMap<>();
    for (Rule rule : within(query)) {
      for (int end : walk.ends(query.entity(), rule.body())) {
        List<Double> evidence = found.computeIfAbsent(end, e -> new ArrayList<>());
        if (evidence.size() < EVIDENCE) {
          evidence.add(rule.confidence());
        }
      }
      if (spending.isOver()) {
        break;
      }
    }
    List<Answer> answers = Answers.ranked(judged(found, query));
    return new Answers(
        answers.subList(0, Math.min(query.k(), answers.size())),
        List.of(),
        walk.hops(),
        !spending.isOver() && !walk.isCapped(),
        !spending.isOver(),
        nanoClock.getAsLong() - start);
  }

  /** The ways of the surest rules to an answer; a way's weight is its rule's confidence. */
  @Override
  public List<ReasoningPath> paths(Query query, int answer, int count) {
    List<ReasoningPath> paths = new ArrayList<>();
    Spending spending = Spending.of(query.budget(), nanoClock);
    RuleWalk walk = new RuleWalk(graph, query.hidden(), spending);
    for (Rule rule : within(query)) {
      int left = count - paths.size();
      if (left == 0 || spending.isOver()) {
        break;
      }
      for (List<Triple> way : walk.ways(query.entity(), rule.body(), answer, left)) {
        paths.add(new ReasoningPath(way, rule.confidence()));
      }
    }
    return paths;
  }

  @Override
  public List<List<Triple>> walked(Query query) {
    List<Set<Triple>> walked = new ArrayList<>();
    Spending spending = Spending.of(query.budget(), nanoClock);
    RuleWalk walk = new RuleWalk(graph, query.hidden(), spending);
    for (Rule rule : within(query)) {
      walk.follow(
          query.entity(),
          rule.body(),
          hops -> {
            if (walked.size() < hops.size()) {
              walked.add(new LinkedHashSet<>());
            }
            Set<Triple> ofHop = walked.get(hops.size() - 1);
            if (ofHop.size() < MOST_WALKED) {
              ofHop.add(graph.stated(hops.get(hops.size() - 1)));
            }
            return true;
          });
    }
    return walked.stream().map(List::copyOf).toList();
  }

  private List<Rule> within(Query query) {
    return rules.stream().filter(rule -> rule.body().size() <= query.maxHops()).toList();
  }

  private List<Answer> judged(Map<Integer, List<Double>> found, Query query) {
    int[] known = graph.tails(query.entity(), query.relation());
    List<Answer> answers = new ArrayList<>();
    found.forEach(
        (entity, confidences) -> {
          boolean isKnown = Arrays.binarySearch(known, entity) >= 0;
          if (!isKnown || !query.excludesKnown()) {
            double score = joined(confidences);
            answers.add(new Answer(entity, score, Math.log(score), confidences.get(0), isKnown, 0));
          }
        });
    return answers;
  }

  private static double joined(List<Double> confidences) {
    double doubt = 1;
    for (double confidence : confidences) {
      doubt *= 1 - confidence;
    }
    return 1 - doubt;
  }
}
