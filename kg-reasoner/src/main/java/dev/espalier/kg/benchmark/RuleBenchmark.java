package dev.espalier.kg.benchmark;

import dev.espalier.kg.core.evaluate.Evaluator;
import dev.espalier.kg.core.evaluate.Rank;
import dev.espalier.kg.core.evaluate.RankMetrics;
import dev.espalier.kg.core.explore.Answer;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.rules.Rule;
import dev.espalier.kg.core.rules.RuleEngine;
import dev.espalier.kg.core.rules.RuleMiner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Ranks by rules alone, as a baseline for {@link QualityBenchmark}. Options: {@code --data DIR
 * [--inductive DIR] [--sample TRIPLES]}.
 */
public final class RuleBenchmark {

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private final KnowledgeGraph mined;
  private final SplitGraph asked;
  private final RuleMiner miner;
  private final Map<Integer, List<Rule>> rules = new HashMap<>();
  private long mining;
  private long slowest;

  private RuleBenchmark(KnowledgeGraph mined, SplitGraph asked) {
    this.mined = mined;
    this.asked = asked;
    this.miner = new RuleMiner(mined);
  }

  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.of(args);
    SplitGraph data = GraphFiles.read(arguments.requiredPath("data"));
    Optional<Path> inductive = arguments.path("inductive");
    SplitGraph asked = inductive.isPresent() ? GraphFiles.read(inductive.get()) : data;
    new RuleBenchmark(data.graph(), asked).run(arguments.integer("sample", 0));
  }

  private void run(int sample) {
    List<Rank> ranks = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    for (Triple t : Evaluator.sample(asked.test(), sample)) {
      rank(t.head(), t.relation(), t.tail(), ranks, millis);
      rank(t.tail(), asked.graph().inverse(t.relation()), t.head(), ranks, millis);
    }
    RankMetrics mean = RankMetrics.of(ranks, Rank.Ties.MEAN);
    double[] sorted = millis.stream().sorted().mapToDouble(m -> m).toArray();
    System.out.printf(
        Locale.ROOT,
        "%d answers: MRR %.3f, H@1 %.3f, H@10 %.3f; mining %.1f s, at most %.2f s a relation, a"
            + " query p50 %.2f ms, p95 %.2f ms of CPU time%n",
        ranks.size(),
        mean.mrr(),
        mean.hitsAt1(),
        mean.hitsAt10(),
        mining / 1e9,
        slowest / 1e9,
        sorted[sorted.length / 2],
        sorted[sorted.length * 95 / 100]);
  }

  private void rank(int from, int relation, int answer, List<Rank> ranks, List<Double> millis) {
    RuleEngine engine =
        new RuleEngine(
            asked.graph(), rules.computeIfAbsent(relation, this::translated), System::nanoTime);
    long start = CLOCK.getCurrentThreadCpuTime();
    List<Answer> answers =
        engine.answer(Query.ofHead(from, relation, Integer.MAX_VALUE).withKnown()).answers();
    millis.add((CLOCK.getCurrentThreadCpuTime() - start) / 1e6);
    int[] right = asked.known().tails(from, relation);
    double score = 0;
    for (Answer a : answers) {
      score = a.entity() == answer ? a.score() : score;
    }
    int others = asked.graph().entityCount() - right.length;
    int better = 0;
    int equal = 0;
    int met = 0;
    for (Answer a : answers) {
      if (Arrays.binarySearch(right, a.entity()) < 0) {
        met++;
        better += a.score() > score ? 1 : 0;
        equal += a.score() == score ? 1 : 0;
      }
    }
    ranks.add(new Rank(better, score == 0 ? others - met : equal));
  }

  /** The rules of the mined graph for a relation of the asked one. */
  private List<Rule> translated(int relation) {
    long start = CLOCK.getCurrentThreadCpuTime();
    int own = translate(relation, asked.graph(), mined);
    List<Rule> translated = new ArrayList<>();
    List<Rule> found = own < 0 ? List.of() : miner.mine(own);
    for (Rule rule : found) {
      List<Integer> body =
          rule.body().stream().map(r -> translate(r, mined, asked.graph())).toList();
      if (!body.contains(-1)) {
        translated.add(new Rule(relation, body, rule.confidence()));
      }
    }
    long took = CLOCK.getCurrentThreadCpuTime() - start;
    mining += took;
    slowest = Math.max(slowest, took);
    return translated;
  }

  private static int translate(int relation, KnowledgeGraph from, KnowledgeGraph to) {
    boolean inverse = relation >= from.relationCount();
    OptionalInt found =
        to.relation(from.relations().name(inverse ? from.inverse(relation) : relation));
    return found.isEmpty() ? -1 : inverse ? to.inverse(found.getAsInt()) : found.getAsInt();
  }
}
