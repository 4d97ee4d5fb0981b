package dev.espalier.equivalence.core;

import dev.espalier.equivalence.core.claims.Givens;
import dev.espalier.equivalence.core.claims.StepReading;
import dev.espalier.equivalence.core.compare.Combiner;
import dev.espalier.equivalence.core.compare.PairJudge;
import dev.espalier.equivalence.core.compare.StepComparison;
import dev.espalier.equivalence.core.compare.StepEncoder;
import dev.espalier.equivalence.core.compare.Verdict;
import dev.espalier.equivalence.core.group.Candidate;
import dev.espalier.equivalence.core.group.Group;
import dev.espalier.equivalence.core.group.StepGroups;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which steps say the same. Safe for use by several threads. */
public final class EquivalenceDetector {

  private final StepComparison comparison;
  private final StepEncoder encoder;
  private final double threshold;
  private final Runnable checkpoint;

  public EquivalenceDetector(Combiner combiner, StepEncoder encoder) {
    this(new StepComparison(combiner), encoder, combiner.threshold(), () -> {});
  }

  private EquivalenceDetector(
      StepComparison comparison, StepEncoder encoder, double threshold, Runnable checkpoint) {
    this.comparison = comparison;
    this.encoder = encoder;
    this.threshold = threshold;
    this.checkpoint = checkpoint;
  }

  /**
   * The same detector for work that may have to end early.
   *
   * @param check called before each comparison; ends the work by throwing, such as at a deadline
   */
  public EquivalenceDetector checking(Runnable check) {
    return new EquivalenceDetector(comparison, encoder, threshold, check);
  }

  /**
   * Two steps that follow the same prefix.
   *
   * @param id names the pair
   */
  public record Pair(String id, String problem, List<String> prefix, String a, String b) {

    public Pair {
      prefix = List.copyOf(prefix);
    }
  }

  /** Verdicts on pairs in their order. */
  public record PairVerdicts(List<Verdict> verdicts, int encoderCalls) {

    public PairVerdicts {
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * Groups and what it took to find them.
   *
   * @param verdicts one for every compared pair, for metrics
   * @param judgeFailure a code where the judge was asked and could not answer
   */
  public record Grouped(
      List<Group> groups,
      List<Verdict> verdicts,
      int encoderCalls,
      PairJudge.Usage usage,
      Optional<String> judgeFailure) {

    public Grouped {
      groups = List.copyOf(groups);
      verdicts = List.copyOf(verdicts);
    }
  }

  /** The threshold where a caller gives none. */
  public double defaultThreshold() {
    return threshold;
  }

  /** Decides each pair by itself. */
  public PairVerdicts compare(List<Pair> pairs, double atLeast) {
    EncoderMemory memory = new EncoderMemory(encoder);
    Map<List<Object>, Givens> contexts = new LinkedHashMap<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (Pair pair : pairs) {
      checkpoint.run();
      Givens givens =
          contexts.computeIfAbsent(
              List.of(pair.problem(), pair.prefix()),
              context -> Givens.of(pair.problem(), pair.prefix()));
      StepReading a = StepReading.of(pair.a(), givens);
      StepReading b = StepReading.of(pair.b(), givens);
      verdicts.add(comparison.compare(a, b, givens.words(), atLeast, () -> memory.cosine(a, b)));
    }
    return new PairVerdicts(verdicts, memory.calls());
  }

  /** Sorts candidates that follow one prefix into groups; the judge is asked where it is given. */
  public Grouped group(
      String problem,
      List<String> prefix,
      List<Candidate> candidates,
      double atLeast,
      Optional<PairJudge> judge) {
    EncoderMemory memory = new EncoderMemory(encoder);
    Givens givens = Givens.of(problem, prefix);
    StepGroups groups =
        new StepGroups(
            candidates,
            givens,
            (a, b) -> {
              checkpoint.run();
              return comparison.compare(a, b, givens.words(), atLeast, () -> memory.cosine(a, b));
            });
    PairJudge.Usage usage = PairJudge.Usage.NONE;
    Optional<String> failure = Optional.empty();
    List<PairJudge.Question> questions = groups.undecided(problem, prefix);
    if (judge.isPresent() && !questions.isEmpty()) {
      PairJudge.Answer answer = judge.get().ask(questions);
      groups.judged(answer.levels());
      usage = answer.usage();
      failure = answer.failure();
    }
    return new Grouped(
        groups.groups(problem, prefix), groups.verdicts(), memory.calls(), usage, failure);
  }
}
