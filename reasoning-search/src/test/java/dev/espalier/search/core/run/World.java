package dev.espalier.search.core.run;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.AnswerReader;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.CallMeter;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.port.StepScorer;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.strategy.Seeds;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Evidence;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small world to search: a step adds 1 to 4 in one of three wordings, {@code "2~a"}; a solution
 * ends with {@code "2~a=7"}, its sum, at the latest at the given depth. What comes is decided by
 * the seed and the need alone.
 */
final class World {

  static final int COMPLETION_TOKENS = 5;
  static final int PROMPT_TOKENS = 20;

  private final long seed;
  private final int depth;

  /** Calls by need, and how many of them to fail: by the need's id and the attempt. */
  final Map<Integer, AtomicInteger> proposalsAsked = new ConcurrentHashMap<>();

  boolean isPaid = true;
  boolean isAskedSingly;
  boolean hasLogProbabilities = true;
  boolean proves;
  double proposalFailures;
  double scoreFailures;
  double retries;
  double endings = 1.0 / 6;

  /** So many times the tokens that a call was to take at most. */
  int overrun = 1;

  final AtomicInteger mostInFlight = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  Price price = new Price(1_000_000, 2_000_000);

  World(long seed, int depth) {
    this.seed = seed;
    this.depth = depth;
  }

  SearchPorts ports() {
    return ports(new ByValue());
  }

  SearchPorts ports(StepGrouper grouper) {
    return new SearchPorts(new Proposer(), new Scorer(), grouper, new Answers());
  }

  static int value(String step) {
    return step.charAt(0) - '0';
  }

  static int sum(List<String> steps) {
    return steps.stream().mapToInt(World::value).sum();
  }

  static boolean isTerminal(String step) {
    return step.contains("=");
  }

  private Random random(long salt) {
    return new Random(Seeds.of(seed, (int) (salt ^ (salt >>> 32))));
  }

  private final class Proposer implements StepProposer {

    @Override
    public List<Candidate> propose(String problem, Need.Propose need, CallContext context) {
      Random random = random(need.seed());
      proposalsAsked.computeIfAbsent(need.id(), id -> new AtomicInteger()).incrementAndGet();
      List<Candidate> candidates = new ArrayList<>();
      if (isAskedSingly) {
        for (int i = 0; i < need.count(); i++) {
          CallMeter.Call call = start(context, CallKind.PROPOSE, 1, false);
          Candidate candidate = candidate(need.steps(), random);
          candidates.add(candidate);
          call.succeed(new Usage(PROMPT_TOKENS, COMPLETION_TOKENS, false), List.of(candidate));
        }
        return candidates;
      }
      if (random.nextDouble() < retries) {
        start(context, CallKind.PROPOSE, need.count(), false)
            .fail(new Usage(PROMPT_TOKENS, 0, true), "upstream.timeout");
      }
      CallMeter.Call call = start(context, CallKind.PROPOSE, need.count(), retries > 0);
      if (random.nextDouble() < proposalFailures) {
        call.fail(new Usage(PROMPT_TOKENS, 0, true), "upstream.unavailable");
        throw new UpstreamException("upstream.unavailable", "scripted", null);
      }
      for (int i = 0; i < need.count(); i++) {
        candidates.add(candidate(need.steps(), random));
      }
      call.succeed(new Usage(PROMPT_TOKENS, (long) COMPLETION_TOKENS * need.count(), false));
      return candidates;
    }

    private Candidate candidate(List<String> steps, Random random) {
      int value = 1 + random.nextInt(4);
      String text = value + "~" + (char) ('a' + random.nextInt(3));
      boolean isTerminal = steps.size() + 1 >= depth || random.nextDouble() < endings;
      return new Candidate(
          isTerminal ? text + "=" + (sum(steps) + value) : text,
          hasLogProbabilities ? -random.nextDouble() : null,
          COMPLETION_TOKENS,
          isTerminal,
          null);
    }

    @Override
    public boolean isFree() {
      return !isPaid;
    }
  }

  private final class Scorer implements StepScorer {

    @Override
    public List<Double> score(String problem, Need.Score need, CallContext context) {
      CallMeter.Call call = start(context, CallKind.SCORE, 0, false);
      if (random(need.id() + 77L).nextDouble() < scoreFailures) {
        call.fail(Usage.NONE, "upstream.unavailable");
        throw new UpstreamException("upstream.unavailable", "scripted", null);
      }
      call.succeed(new Usage(PROMPT_TOKENS, 0, false));
      return need.representatives().stream().map(step -> score(need.steps(), step)).toList();
    }

    private double score(List<String> steps, Candidate step) {
      int sum = sum(steps) + value(step.text());
      if (proves && step.isTerminal()) {
        return sum == 7 ? 1 : 0;
      }
      return 0.05 + 0.9 * random(sum * 31L + steps.size()).nextDouble();
    }

    @Override
    public boolean isFree() {
      return !isPaid;
    }

    @Override
    public boolean proves() {
      return proves;
    }
  }

  private CallMeter.Call start(CallContext context, CallKind kind, int samples, boolean isRetry) {
    Usage atMost = new Usage(PROMPT_TOKENS, (long) COMPLETION_TOKENS * samples, true);
    CallMeter.Call call = context.meter().start(kind, atMost, price, isRetry);
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    return new CallMeter.Call() {
      @Override
      public void succeed(Usage usage) {
        call.succeed(overrun(usage));
        inFlight.decrementAndGet();
      }

      @Override
      public void succeed(Usage usage, List<Candidate> samples) {
        call.succeed(overrun(usage), samples);
        inFlight.decrementAndGet();
      }

      @Override
      public void fail(Usage usage, String code) {
        call.fail(usage, code);
        inFlight.decrementAndGet();
      }
    };
  }

  private Usage overrun(Usage usage) {
    return new Usage(
        usage.promptTokens() * overrun, usage.completionTokens() * overrun, usage.isEstimated());
  }

  /** The most that one call took: tokens, or money. */
  double most(boolean isMoney) {
    Usage most = overrun(new Usage(PROMPT_TOKENS, COMPLETION_TOKENS * 9L, false));
    return isMoney ? price.of(most) : most.total();
  }

  /** Merges what adds the same, in whatever wording; continuations by their sums. */
  static class ByValue implements StepGrouper {

    @Override
    public Grouping group(String problem, Need.Group need, CallContext context) {
      Map<String, List<Integer>> classes = new LinkedHashMap<>();
      for (int i = 0; i < need.candidates().size(); i++) {
        Candidate candidate = need.candidates().get(i);
        classes.computeIfAbsent(key(candidate), key -> new ArrayList<>()).add(i);
      }
      return new Grouping(
          classes.values().stream().map(members -> stepClass(need, members)).toList(),
          "by-value",
          null);
    }

    String key(Candidate candidate) {
      int sum = Arrays.stream(candidate.text().split("\n")).mapToInt(World::value).sum();
      return sum + (candidate.isTerminal() ? "=" : "");
    }

    private static StepClass stepClass(Need.Group need, List<Integer> members) {
      int first = members.get(0);
      int sum = sum(need.steps()) + value(need.candidates().get(first).text());
      List<Evidence> evidence =
          members.stream()
              .skip(1)
              .map(m -> new Evidence(first, m, 0.9, "claims", "same_claims", List.of("sum")))
              .toList();
      return new StepClass(first, members, "sum " + sum, evidence);
    }

    @Override
    public boolean isFree() {
      return true;
    }
  }

  /** Reads what stands behind the equals sign. */
  static final class Answers implements AnswerReader {

    @Override
    public Optional<String> read(List<String> steps) {
      String last = steps.get(steps.size() - 1);
      int at = last.indexOf('=');
      return at < 0 || at + 1 == last.length()
          ? Optional.empty()
          : Optional.of(last.substring(at + 1));
    }

    @Override
    public String key(String answer) {
      return answer.replaceFirst("^0+", "");
    }
  }
}
