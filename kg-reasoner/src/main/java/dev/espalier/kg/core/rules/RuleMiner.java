package dev.espalier.kg.core.rules;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Finds rules that conclude a relation. The same graph gives the same rules. */
/*
 * After AnyBURL (Meilicke et al. 2019), cyclic rules only. Bottom up: some triples of the relation
 * are drawn, and every way of up to three steps between their two ends, the triple itself left out,
 * is the body of a candidate. Confidence is measured from the body's side: from some entities that
 * have its first relation, all ends are counted, and those among them that the graph states, c / (n +
 * 5). AnyBURL learns within a time limit and samples groundings; here the numbers of triples, of
 * starts and of edges at an entity are limited, so that the result depends on nothing but the graph.
 */
public final class RuleMiner {

  private static final long SEED = 1;
  private static final int EXAMPLES = 300;
  private static final int STARTS = 200;
  private static final int DEGREE = 200;
  private static final int CANDIDATES = 300;
  private static final int SEEN = 2;
  private static final double PRIOR = 5;
  private static final double LEAST = 0.01;

  private record Example(int from, int to) {}

  private final KnowledgeGraph graph;

  public RuleMiner(KnowledgeGraph graph) {
    this.graph = graph;
  }

  /**
   * The rules for a relation, the surest first.
   *
   * @param relation of the graph; an inverse for questions by tail
   */
  public List<Rule> mine(int relation) {
    Map<List<Integer>, Integer> seen = new LinkedHashMap<>();
    for (Example example : examples(relation)) {
      for (List<Integer> body : ways(example, relation)) {
        seen.merge(body, 1, Integer::sum);
      }
    }
    Map<Integer, List<Integer>> starts = new HashMap<>();
    return seen.entrySet().stream()
        .filter(entry -> entry.getValue() >= SEEN)
        .sorted(Map.Entry.<List<Integer>, Integer>comparingByValue().reversed())
        .limit(CANDIDATES)
        .map(entry -> measured(relation, entry.getKey(), starts))
        .filter(rule -> rule.confidence() >= LEAST)
        .sorted(Rule.SUREST_FIRST)
        .toList();
  }

  /** Some triples of the relation, each as likely as any. */
  private List<Example> examples(int relation) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Example> drawn = new ArrayList<>();
    int met = 0;
    for (int entity = 0; entity < graph.entityCount(); entity++) {
      int end = graph.first(entity, relation + 1);
      for (int e = graph.first(entity, relation); e < end; e++) {
        put(drawn, new Example(entity, graph.edgeTarget(e)), EXAMPLES, met++, random);
      }
    }
    return drawn;
  }

  /** Some entities that have the relation. */
  private List<Integer> starts(int relation) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Integer> drawn = new ArrayList<>();
    int met = 0;
    for (int entity = 0; entity < graph.entityCount(); entity++) {
      if (graph.first(entity, relation) < graph.first(entity, relation + 1)) {
        put(drawn, entity, STARTS, met++, random);
      }
    }
    return drawn;
  }

  /** Reservoir sampling. */
  private static <T> void put(List<T> drawn, T one, int most, int met, SplittableRandom random) {
    if (drawn.size() < most) {
      drawn.add(one);
    } else {
      int place = random.nextInt(met + 1);
      if (place < most) {
        drawn.set(place, one);
      }
    }
  }

  /** The relations along each way of up to three steps that visits no entity twice. */
  private Set<List<Integer>> ways(Example example, int relation) {
    int from = example.from();
    int to = example.to();
    Set<List<Integer>> ways = new HashSet<>();
    Map<Integer, List<Integer>> into = into(to);
    for (int r : into.getOrDefault(from, List.of())) {
      if (r != relation) {
        ways.add(List.of(r));
      }
    }
    forSomeEdges(
        from,
        (first, near) -> {
          if (near == from || near == to) {
            return;
          }
          for (int last : into.getOrDefault(near, List.of())) {
            ways.add(List.of(first, last));
          }
          forSomeEdges(
              near,
              (second, far) -> {
                if (far != from && far != to && far != near) {
                  for (int last : into.getOrDefault(far, List.of())) {
                    ways.add(List.of(first, second, last));
                  }
                }
              });
        });
    return ways;
  }

  /** The relations that lead into an entity, by where they come from. */
  private Map<Integer, List<Integer>> into(int entity) {
    Map<Integer, List<Integer>> into = new HashMap<>();
    forSomeEdges(
        entity,
        (relation, target) ->
            into.computeIfAbsent(target, t -> new ArrayList<>()).add(graph.inverse(relation)));
    return into;
  }

  private void forSomeEdges(int entity, EdgeVisitor visitor) {
    int degree = graph.degree(entity);
    int stride = Math.max(1, (degree + DEGREE - 1) / DEGREE);
    for (int e = graph.first(entity); e < graph.end(entity); e += stride) {
      visitor.visit(graph.edgeRelation(e), graph.edgeTarget(e));
    }
  }

  private Rule measured(int head, List<Integer> body, Map<Integer, List<Integer>> starts) {
    long concluded = 0;
    long stated = 0;
    RuleWalk walk = new RuleWalk(graph);
    for (int start : starts.computeIfAbsent(body.get(0), this::starts)) {
      for (int end : walk.ends(start, body)) {
        concluded++;
        stated += graph.contains(start, head, end) ? 1 : 0;
      }
    }
    return new Rule(head, body, stated / (concluded + PRIOR));
  }

  private interface EdgeVisitor {
    void visit(int relation, int target);
  }
}
