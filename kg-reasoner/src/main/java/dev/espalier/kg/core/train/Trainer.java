package dev.espalier.kg.core.train;

import dev.espalier.kg.core.evaluate.Evaluator;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.model.Provenance;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Trains a model on a graph, epoch by epoch. The model is the running mean of the parameters. The
 * same state gives the same bytes, with any number of threads, unless the time budget ends it.
 */
/*
 * Every training triple is a query in both directions; its own edge, and the inverse of it, are
 * hidden while it is asked. This takes the place of AdaProp's split of the triples into facts and
 * queries, drawn anew each epoch: the graph has the same density in training as later.
 *
 * The learning rate falls in a line to nearly 0 (Li, Yumer and Ramanan 2020, budgeted training), from
 * epoch to epoch, by what is spent of the epochs or of the time, whichever is more. The rate of an
 * epoch follows from the history alone, so a training that was cut goes on as it would have. What
 * averaging (Polyak and Juditsky 1992, here exponential) adds: a training that ends at any moment has
 * a settled model, and validation is even.
 */
public final class Trainer {

  private static final double LAST_RATE = 0.02;

  private final SplitGraph data;
  private final KnowledgeGraph trained;
  private final BoundGraph bound;
  private final Kernels kernels;
  private final LongSupplier nanoClock;

  /**
   * @param data the graph, and queries to learn from and to choose by; the test part is not looked
   *     at
   * @param nanoClock for the time budget
   */
  public Trainer(SplitGraph data, Kernels kernels, LongSupplier nanoClock) {
    this.data = data.withoutTest();
    this.trained = data.graph();
    this.bound = BoundGraph.of(trained, trained.relations());
    this.kernels = kernels;
    this.nanoClock = nanoClock;
  }

  /**
   * Goes on until training is finished, cancelled, or out of time. A budget that ends within an
   * epoch closes that epoch early.
   *
   * @param budget for this call
   * @throws TrainingException if there is nothing to learn or the loss is not finite
   */
  public TrainingState train(TrainingState start, Duration budget, TrainingListener listener) {
    if (data.train().length == 0) {
      throw TrainingException.nothingToLearn();
    }
    long deadline = deadline(budget);
    double seconds = start.seconds() + budget.toMillis() / 1e3;
    TrainingConfig training = start.training();
    Weights weights =
        new Weights(start.config(), trained.relationCount(), start.parameters().clone(), kernels);
    TrainingState state = start;
    try (BatchGradient gradient =
        new BatchGradient(
            bound, weights, kernels, training.dropout(), training.balance(), training.threads())) {
      while (!state.isFinished() && nanoClock.getAsLong() < deadline && !listener.isCancelled()) {
        Epoch epoch = new Epoch(state, weights, gradient, listener, deadline, seconds);
        if (!epoch.run()) {
          return state;
        }
        state = epoch.next();
        listener.epochDone(state.history().get(state.epoch() - 1), state);
      }
    }
    return state;
  }

  /** The model of the best epoch, not yet calibrated. */
  public ReasoningModel model(TrainingState state) {
    Provenance provenance =
        new Provenance(
            trained.contentHash(),
            state.seed(),
            state.training(),
            state.epoch(),
            state.bestEpoch(),
            state.bestMrr(),
            state.seconds());
    return new ReasoningModel(
        state.config(), trained.relations(), state.best(), Calibration.none(), provenance);
  }

  private long deadline(Duration budget) {
    long now = nanoClock.getAsLong();
    boolean unlimited = budget.compareTo(Duration.ofDays(365)) > 0;
    return unlimited ? Long.MAX_VALUE : now + budget.toNanos();
  }

  private final class Epoch {
    private final TrainingState state;
    private final TrainingConfig training;
    private final Weights weights;
    private final BatchGradient gradient;
    private final TrainingListener listener;
    private final long deadline;
    private final double progress;
    private final int number;
    private final float[] first;
    private final float[] second;
    private final float[] average;
    private final long start = nanoClock.getAsLong();
    private long steps;
    private double loss;
    private int asked;

    Epoch(
        TrainingState state,
        Weights weights,
        BatchGradient gradient,
        TrainingListener listener,
        long deadline,
        double budgetSeconds) {
      this.state = state;
      this.training = state.training();
      this.weights = weights;
      this.gradient = gradient;
      this.listener = listener;
      this.deadline = deadline;
      this.progress =
          Math.max((double) state.epoch() / training.epochs(), state.seconds() / budgetSeconds);
      this.number = state.epoch() + 1;
      this.first = state.firstMoment().clone();
      this.second = state.secondMoment().clone();
      this.average = state.average().clone();
      this.steps = state.steps();
    }

    /** False if it was cancelled. */
    boolean run() {
      SplittableRandom random = new SplittableRandom(state.seed() * 1_000_003 + number);
      List<Triple> queries = queries(random);
      int left = training.warmUpEpochs() - state.epoch();
      int most = training.keep() == 0 ? state.config().keep() : training.keep();
      int keep = most << Math.max(0, left);
      double rate =
          training.learningRate()
              * Math.pow(training.decay(), state.epoch())
              * Math.max(LAST_RATE, 1 - progress);
      gradient.startEpoch();
      for (int from = 0; from < queries.size(); from += training.batch()) {
        if (listener.isCancelled()) {
          return false;
        }
        if (asked > 0 && nanoClock.getAsLong() > deadline) {
          break;
        }
        int to = Math.min(queries.size(), from + training.batch());
        List<Triple> batch = queries.subList(from, to);
        long[] seeds = random.longs(batch.size()).toArray();
        double sum = gradient.compute(batch, seeds, keep);
        if (!Double.isFinite(sum)) {
          throw TrainingException.diverged(number);
        }
        loss += sum;
        asked += batch.size();
        Adam.step(
            weights.values(),
            gradient.gradient(),
            first,
            second,
            ++steps,
            rate,
            training.weightDecay());
        average();
        gradient.refresh();
        listener.progress(number, (double) to / queries.size());
      }
      return true;
    }

    /** In the first steps the mean of about the last tenth of them. */
    private void average() {
      float kept = (float) Math.min(training.averaging(), (steps - 1.0) / (steps + 9.0));
      float[] values = weights.values();
      for (int i = 0; i < average.length; i++) {
        average[i] = kept * average[i] + (1 - kept) * values[i];
      }
    }

    TrainingState next() {
      Triple[] valid = data.valid().length == 0 ? data.train() : data.valid();
      Triple[] sample = Evaluator.sample(valid, training.validationQueries() / 2);
      Weights mean = new Weights(state.config(), trained.relationCount(), average, kernels);
      Evaluator evaluator =
          new Evaluator(mean, bound, data.known(), kernels, state.config().keep());
      double mrr = evaluator.mrr(sample, training.threads());
      boolean best = state.epoch() == 0 || mrr > state.bestMrr();
      double seconds = (nanoClock.getAsLong() - start) / 1e9;
      List<EpochReport> history = new ArrayList<>(state.history());
      history.add(new EpochReport(number, loss / asked, mrr, best, seconds));
      return new TrainingState(
          state.config(),
          training,
          state.seed(),
          weights.values().clone(),
          first,
          second,
          steps,
          average,
          best ? average : state.best(),
          history);
    }

    private List<Triple> queries(SplittableRandom random) {
      int n = 2 * data.train().length;
      int[] order = new int[n];
      for (int i = 0; i < n; i++) {
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      int most = training.queriesPerEpoch() == 0 ? n : Math.min(n, training.queriesPerEpoch());
      List<Triple> queries = new ArrayList<>(most);
      for (int i = 0; i < most; i++) {
        Triple t = data.train()[order[i] / 2];
        boolean inverse = order[i] % 2 == 1;
        queries.add(inverse ? new Triple(t.tail(), trained.inverse(t.relation()), t.head()) : t);
      }
      return queries;
    }
  }
}
