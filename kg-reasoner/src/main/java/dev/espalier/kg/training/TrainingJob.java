package dev.espalier.kg.training;

import dev.espalier.kg.artefact.CheckpointArtefact;
import dev.espalier.kg.artefact.ModelArtefact;
import dev.espalier.kg.config.KgConfig;
import dev.espalier.kg.core.evaluate.Calibrator;
import dev.espalier.kg.core.evaluate.Evaluator;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.core.train.EpochReport;
import dev.espalier.kg.core.train.Trainer;
import dev.espalier.kg.core.train.TrainingException;
import dev.espalier.kg.core.train.TrainingListener;
import dev.espalier.kg.core.train.TrainingState;
import dev.espalier.kg.ops.EventStreams;
import dev.espalier.kg.reasoning.EvaluationReport;
import dev.espalier.kg.reasoning.Models;
import dev.espalier.kg.resource.Job;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.LoadedGraph;
import dev.espalier.kg.store.GraphLoader;
import dev.espalier.kg.store.JobStore;
import dev.espalier.kg.store.ModelStore;
import dev.espalier.persistence.Lease;
import dev.espalier.persistence.StaleLeaseException;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Trains a job's model, from its last checkpoint if there is one, on the graph as it was when the
 * job was taken in. Whatever is written is written under the job's lease.
 */
@ApplicationScoped
public class TrainingJob {

  private static final Logger LOG = Logger.getLogger(TrainingJob.class);

  /** Tries after failures of our own, before the job is given up on. */
  private static final int MAX_FAILURES = 3;

  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(5);

  /** Validation triples that probabilities are fitted on, at most. */
  private static final int CALIBRATED = 500;

  /** Test and validation triples that the final figures are measured on, at most. */
  private static final int EVALUATED = 2000;

  private final TenantTransactions transactions;
  private final JobStore jobs;
  private final ModelStore models;
  private final GraphLoader loader;
  private final JsonText json;
  private final EventStreams streams;
  private final KgConfig config;
  private final Kernels kernels;
  private final Clock clock;

  TrainingJob(
      TenantTransactions transactions,
      JobStore jobs,
      ModelStore models,
      GraphLoader loader,
      JsonText json,
      EventStreams streams,
      KgConfig config,
      Models inMemory,
      Clock clock) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.models = models;
    this.loader = loader;
    this.json = json;
    this.streams = streams;
    this.config = config;
    this.kernels = inMemory.kernels();
    this.clock = clock;
  }

  /** Works until the job has ended, or until it is told to stop: then it goes on elsewhere. */
  public void run(Lease lease, BooleanSupplier shouldStop) {
    try {
      if (lease.failures() >= MAX_FAILURES) {
        fail(lease, "internal.error", "the training failed " + MAX_FAILURES + " times");
        return;
      }
      train(lease, shouldStop);
    } catch (TrainingException e) {
      fail(lease, e.code(), String.valueOf(e.getMessage()));
    } catch (KgException e) {
      fail(lease, e.reason().code(), String.valueOf(e.getMessage()));
    }
  }

  private void train(Lease lease, BooleanSupplier shouldStop) {
    Optional<Job> found = in(lease, () -> jobs.find(lease.id()));
    if (found.isEmpty() || found.get().status().isFinal()) {
      return;
    }
    Job job = found.get();
    TrainingRequest request = json.read(job.request(), TrainingRequest.class);
    LoadedGraph graph =
        in(
            lease,
            () -> loader.at(job.kg(), job.snapshot(), config.graphs().cacheSize().asLongValue()));
    SplitGraph data = graph.split();
    Optional<byte[]> checkpoint = in(lease, () -> jobs.checkpoint(lease.id()));
    TrainingState start =
        checkpoint
            .map(CheckpointArtefact::read)
            .orElseGet(() -> TrainingPlan.of(request, data, config.jobs().threads()));
    in(
        lease,
        () -> {
          Map<String, Object> payload = new LinkedHashMap<>();
          payload.put("epoch", start.epoch());
          payload.put("seed", request.seed());
          payload.put("config", start.config());
          payload.put("training", start.training());
          jobs.running(lease, json.write(payload));
          return lease;
        });
    streams.wake();
    Trainer trainer = new Trainer(data, kernels, System::nanoTime);
    double left = request.budgetSeconds() - start.seconds();
    TrainingState end =
        left <= 0
            ? start
            : trainer.train(
                start,
                Duration.ofMillis((long) (1000 * left)),
                new Checkpoints(lease, data.graph().relationCount(), shouldStop));
    if (!shouldStop.getAsBoolean()) {
      keep(lease, job, graph, calibrated(trainer.model(end), graph), end);
    }
  }

  private ReasoningModel calibrated(ReasoningModel model, LoadedGraph graph) {
    Explorer explorer = new Explorer(model, kernels, System::nanoTime);
    return Calibrator.fit(explorer, explorer.bind(graph.graph()), graph.valid(), CALIBRATED)
        .map(model::with)
        .orElse(model);
  }

  private void keep(
      Lease lease, Job job, LoadedGraph graph, ReasoningModel model, TrainingState end) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("valid", evaluate(model, graph, graph.valid()));
    metrics.put("test", evaluate(model, graph, graph.test()));
    metrics.values().removeIf(value -> value.equals(""));
    byte[] artefact = ModelArtefact.write(model);
    UUID id =
        in(
            lease,
            () -> {
              UUID kept =
                  models
                      .add(
                          new ModelStore.NewModel(
                              job.kg(),
                              null,
                              "trained",
                              json.write(model.config()),
                              json.write(metrics),
                              json.write(model.provenance()),
                              model.relations().size(),
                              model.parameters().length,
                              artefact))
                      .id();
              jobs.succeeded(
                  lease,
                  kept,
                  json.write(
                      Map.of(
                          "model", kept, "epochs", end.epoch(), "validation_mrr", end.bestMrr())));
              return kept;
            });
    streams.wake();
    LOG.infof("job %s trained model %s in %d epochs", lease.id(), id, end.epoch());
  }

  /** Nothing, as an empty text, where there is nothing to measure on. */
  private Object evaluate(ReasoningModel model, LoadedGraph graph, Triple[] triples) {
    if (triples.length == 0) {
      return "";
    }
    Weights weights =
        new Weights(model.config(), model.relations().size(), model.parameters(), kernels);
    Evaluator evaluator =
        new Evaluator(
            weights,
            BoundGraph.of(graph.graph(), model.relations()),
            graph.known(),
            kernels,
            model.config().keep());
    return EvaluationReport.of(
        evaluator.evaluate(Evaluator.sample(triples, EVALUATED), config.jobs().threads()));
  }

  private void fail(Lease lease, String code, String detail) {
    in(
        lease,
        () -> {
          jobs.failed(lease, json.write(Map.of("code", code, "detail", detail)));
          return lease;
        });
    streams.wake();
  }

  private <T> T in(Lease lease, Supplier<T> work) {
    return transactions.in(lease.tenant(), clock.instant().plus(TRANSACTION_TIMEOUT), work);
  }

  /** Writes the state down after every epoch. */
  private final class Checkpoints implements TrainingListener {

    private final Lease lease;
    private final int relations;
    private final BooleanSupplier shouldStop;

    Checkpoints(Lease lease, int relations, BooleanSupplier shouldStop) {
      this.lease = lease;
      this.relations = relations;
      this.shouldStop = shouldStop;
    }

    /**
     * @throws StaleLeaseException when somebody else has the job now, or it was cancelled
     */
    @Override
    public void epochDone(EpochReport report, TrainingState state) {
      String progress = json.write(Progress.of(report, state));
      byte[] bytes = CheckpointArtefact.write(state, relations);
      in(
          lease,
          () -> {
            jobs.checkpoint(lease, report.epoch(), bytes, progress);
            return lease;
          });
      streams.wake();
    }

    @Override
    public boolean isCancelled() {
      return shouldStop.getAsBoolean();
    }
  }
}
