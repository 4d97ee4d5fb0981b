package dev.espalier.search.core.run;

import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.event.StaleWorkerException;
import dev.espalier.search.core.port.BudgetExhaustedException;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.strategy.Answer;
import dev.espalier.search.core.strategy.Seeds;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the ports for what a need wants, and writes down what came. Whatever a port does, a need
 * ends: with an answer, as failed, or with the budget.
 */
final class Inquiry {

  private static final String MALFORMED = "upstream.malformed";
  private static final String BROKEN = "search.port_broken";

  private final SearchSpec spec;
  private final SearchPorts ports;
  private final Recorded recorded;
  private final Journal journal;
  private final MergeGuard guard;
  private final Function<BudgetMeter, CallContext> context;

  Inquiry(
      SearchSpec spec,
      SearchPorts ports,
      Recorded recorded,
      Journal journal,
      Function<BudgetMeter, CallContext> context) {
    this.spec = spec;
    this.ports = ports;
    this.recorded = recorded;
    this.journal = journal;
    this.guard = new MergeGuard(ports.answers());
    this.context = context;
  }

  /**
   * @param isConfirmation whether a group need asks if two branches came to the same state
   * @throws BudgetExhaustedException and nothing is written for the need
   */
  Answer ask(Need need, boolean isConfirmation) {
    boolean isFree = isFree(need);
    try (BudgetMeter meter = new BudgetMeter(journal, need.id(), !isFree)) {
      CallContext call = context.apply(meter);
      if (need instanceof Need.Propose propose) {
        List<Candidate> candidates = propose(propose, call);
        journal.write(new SearchEvent.Proposed(need.id(), need.node(), candidates), !isFree);
        return new Answer.Proposed(candidates);
      }
      if (need instanceof Need.Group group) {
        Grouping grouping = isConfirmation ? confirm(group, call) : group(group, call);
        journal.write(new SearchEvent.Grouped(need.id(), need.node(), grouping), !isFree);
        return new Answer.Grouped(grouping);
      }
      List<Double> scores = score((Need.Score) need, call);
      journal.write(new SearchEvent.Scored(need.id(), need.node(), scores), !isFree);
      return new Answer.Scored(scores);
    } catch (BudgetExhaustedException | StaleWorkerException e) {
      throw e;
    } catch (UpstreamException e) {
      return failed(need, e.code(), e.getMessage());
    }
  }

  private Answer failed(Need need, String code, @Nullable String detail) {
    journal.write(
        new SearchEvent.NeedFailed(need.id(), need.node(), code, detail == null ? "" : detail),
        true);
    return new Answer.Failed();
  }

  private boolean isFree(Need need) {
    if (need instanceof Need.Propose) {
      return ports.proposer().isFree();
    }
    return need instanceof Need.Group ? ports.grouper().isFree() : ports.scorer().isFree();
  }

  /** The samples that an earlier worker had paid for, and the rest from the proposer. */
  private List<Candidate> propose(Need.Propose need, CallContext call) {
    List<Candidate> candidates = new ArrayList<>(recorded.samples(need));
    int missing = need.count() - candidates.size();
    if (missing > 0) {
      long seed = candidates.isEmpty() ? need.seed() : Seeds.of(need.seed(), candidates.size());
      Need.Propose rest =
          new Need.Propose(
              need.id(), need.node(), need.steps(), need.alternatives(), missing, seed);
      try {
        candidates.addAll(guarded(() -> ports.proposer().propose(spec.problem(), rest, call)));
      } catch (UpstreamException e) {
        if (candidates.isEmpty()) {
          throw e;
        }
      }
    }
    return candidates.subList(0, Math.min(candidates.size(), need.count()));
  }

  private Grouping group(Need.Group need, CallContext call) {
    try {
      return guard.apply(need, ports.grouper().group(spec.problem(), need, call));
    } catch (BudgetExhaustedException | StaleWorkerException e) {
      throw e;
    } catch (RuntimeException e) {
      String code = e instanceof UpstreamException upstream ? upstream.code() : BROKEN;
      return guard.apply(need, withoutGrouper(need, code));
    }
  }

  private Grouping withoutGrouper(Need.Group need, String code) {
    return spec.pruning().mode() == PruningMode.NONE
        ? VerbatimGroups.apart(need.candidates())
        : VerbatimGroups.of(need.candidates(), code);
  }

  private Grouping confirm(Need.Group need, CallContext call) {
    if (ports.grouper().hasExactSignatures()) {
      return new Grouping(List.of(new StepClass(0, List.of(0, 1), null, List.of())), null, null);
    }
    return group(need, call);
  }

  private List<Double> score(Need.Score need, CallContext call) {
    List<Double> scores = guarded(() -> ports.scorer().score(spec.problem(), need, call));
    if (scores.size() != need.representatives().size()
        || !scores.stream().allMatch(score -> score >= 0 && score <= 1)) {
      throw new UpstreamException(MALFORMED, "not one score of 0-1 for each step", null);
    }
    return scores;
  }

  /** A defect in one port must not end in a dead search. */
  private static <T> T guarded(Supplier<T> port) {
    try {
      return port.get();
    } catch (BudgetExhaustedException | StaleWorkerException | UpstreamException e) {
      throw e;
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NullPointerException
        | ArithmeticException
        | UnsupportedOperationException e) {
      throw new UpstreamException(BROKEN, e.getClass().getSimpleName(), e);
    }
  }
}
