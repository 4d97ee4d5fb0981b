package dev.espalier.kg.core.rules;

import dev.espalier.kg.core.graph.HiddenEdges;
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
 * starts, of edges at an entity and of edges in all are limited, so that the result depends on nothing
 * but the graph. When the edges of the search are used up, what it has seen are the candidates; when
 * those of the measuring are, the candidates seen least often are left out.
 */
public final class RuleMiner {

  private static final long SEED = 1;
  private static final int EXAMPLES = 300;
  private static final int STARTS = 200;
  private static final int DEGREE = 200;
  private static final int CANDIDATES = 300;
  private static final long SEARCHED_EDGES = 5_000_000;
  private static final long MEASURED_EDGES = 20_000_000;
  private static final int BODIES = 200_000;
  private static final int SEEN = 2;
  private static final double PRIOR = 5;
  private static final double LEAST = 0.01;

  private record Example(int from, int to) {}

  private final KnowledgeGraph graph;

  public RuleMiner(KnowledgeGraph graph) {
    this.graph = graph;
  }

  /**
   * The rules for a relation, the surest first. Takes a pass over the graph's edges and a limited
   * number of steps along them.
   *
   * @param relation of the graph; an inverse for questions by tail
   */
  public List<Rule> mine(int relation) {
    List<List<Integer>> bodies = candidates(relation);
    Map<Integer, List<Integer>> starts = starts(bodies);
    Spending spending = Spending.ofEdges(MEASURED_EDGES);
    List<Rule> rules = new ArrayList<>();
    for (List<Integer> body : bodies) {
      Rule rule = measured(relation, body, starts.getOrDefault(body.get(0), List.of()), spending);
      if (spending.isOver()) {
        break;
      }
      if (rule.confidence() >= LEAST) {
        rules.add(rule);
      }
    }
    rules.sort(Rule.SUREST_FIRST);
    return rules;
  }

  /** The bodies seen most often. */
  private List<List<Integer>> candidates(int relation) {
    Map<List<Integer>, Integer> seen = new LinkedHashMap<>();
    Spending spending = Spending.ofEdges(SEARCHED_EDGES);
    for (Example example : examples(relation)) {
      for (List<Integer> body : ways(example, relation, spending)) {
        if (seen.size() < BODIES || seen.containsKey(body)) {
          seen.merge(body, 1, Integer::sum);
        }
      }
    }
    return seen.entrySet().stream()
        .filter(entry -> entry.getValue() >= SEEN)
        .sorted(Map.Entry.<List<Integer>, Integer>comparingByValue().reversed())
        .limit(CANDIDATES)
        .map(Map.Entry::getKey)
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

  /** Some entities that have the first relation of each body, in one pass over the edges. */
  private Map<Integer, List<Integer>> starts(List<List<Integer>> bodies) {
    Map<Integer, Starts> starts = new HashMap<>();
    bodies.forEach(body -> starts.computeIfAbsent(body.get(0), first -> new Starts()));
    for (int entity = 0; entity < graph.entityCount(); entity++) {
      int last = -1;
      for (int e = graph.first(entity); e < graph.end(entity); e++) {
        if (graph.edgeRelation(e) != last) {
          last = graph.edgeRelation(e);
          Starts drawn = starts.get(last);
          if (drawn != null) {
            put(drawn.entities, entity, STARTS, drawn.met++, drawn.random);
          }
        }
      }
    }
    Map<Integer, List<Integer>> drawn = new HashMap<>();
    starts.forEach((relation, some) -> drawn.put(relation, some.entities));
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

  /**
   * The relations along each way of up to three steps that visits no entity twice. They are looked
   * for from the end with fewer edges, since not all edges of a hub are looked at.
   */
  private Set<List<Integer>> ways(Example example, int relation, Spending spending) {
    int from = example.from();
    int to = example.to();
    if (graph.degree(from) <= graph.degree(to)) {
      return ways(from, to, relation, spending);
    }
    Set<List<Integer>> ways = new HashSet<>();
    for (List<Integer> back : ways(to, from, graph.inverse(relation), spending)) {
      List<Integer> body = new ArrayList<>();
      back.forEach(r -> body.add(0, graph.inverse(r)));
      ways.add(List.copyOf(body));
    }
    return ways;
  }

  private Set<List<Integer>> ways(int from, int to, int relation, Spending spending) {
    Set<List<Integer>> ways = new HashSet<>();
    Map<Integer, List<Integer>> into = into(to, spending);
    forSomeEdges(
        from,
        spending,
        (first, near) -> {
          if (near == to && first != relation) {
            ways.add(List.of(first));
          }
          if (near == from || near == to) {
            return;
          }
          forSomeEdges(
              near,
              spending,
              (second, far) -> {
                if (far == to) {
                  ways.add(List.of(first, second));
                } else if (far != from && far != near) {
                  for (int last : into.getOrDefault(far, List.of())) {
                    spending.takesEdge();
                    ways.add(List.of(first, second, last));
                  }
                }
              });
        });
    return ways;
  }

  /** The relations that lead into an entity, by where they come from. */
  private Map<Integer, List<Integer>> into(int entity, Spending spending) {
    Map<Integer, List<Integer>> into = new HashMap<>();
    forSomeEdges(
        entity,
        spending,
        (relation, target) ->
            into.computeIfAbsent(target, t -> new ArrayList<>()).add(graph.inverse(relation)));
    return into;
  }

  private void forSomeEdges(int entity, Spending spending, EdgeVisitor visitor) {
    int degree = graph.degree(entity);
    int stride = Math.max(1, (degree + DEGREE - 1) / DEGREE);
    for (int e = graph.first(entity); e < graph.end(entity) && spending.takesEdge(); e += stride) {
      visitor.visit(graph.edgeRelation(e), graph.edgeTarget(e));
    }
  }

  private Rule measured(int head, List<Integer> body, List<Integer> starts, Spending spending) {
    long concluded = 0;
    long stated = 0;
    RuleWalk walk = new RuleWalk(graph, HiddenEdges.none(), spending);
    for (int start : starts) {
      for (int end : walk.ends(start, body)) {
        concluded++;
        stated += graph.contains(start, head, end) ? 1 : 0;
      }
    }
    return new Rule(head, body, stated / (concluded + PRIOR));
  }

  /** A sample of the entities that have a relation, while it is drawn. */
  private static final class Starts {
    final List<Integer> entities = new ArrayList<>();
    final SplittableRandom random = new SplittableRandom(SEED);
    int met;
  }

  private interface EdgeVisitor {
    void visit(int relation, int target);
  }
}
