package dev.espalier.kg.ops;

import dev.espalier.kg.config.KgConfig;
import dev.espalier.kg.training.TrainingJob;
import dev.espalier.persistence.LeaseWorkers;
import dev.espalier.persistence.Leases;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Runs training jobs: those that this replica takes in, and those that another one left behind.
 * When the process stops, the epoch under way is lost and the job is free for others.
 */
@ApplicationScoped
public class TrainingWorkers {

  private static final Logger LOG = Logger.getLogger(TrainingWorkers.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);

  private final KgConfig config;
  private final LeaseWorkers workers;

  TrainingWorkers(KgConfig config, Leases leases, TrainingJob job, MeterRegistry metrics) {
    this.config = config;
    workers =
        new LeaseWorkers(
            leases,
            new LeaseWorkers.Settings(
                "w-" + UUID.randomUUID(),
                config.jobs().concurrency(),
                config.jobs().lease(),
                config.jobs().poll(),
                STOP_TIMEOUT),
            job::run);
    Gauge.builder("espalier.kg.jobs.running", workers, LeaseWorkers::running)
        .description("Trainings that run in this process")
        .register(metrics);
  }

  void start(@Observes StartupEvent event) {
    if (config.jobs().concurrency() == 0) {
      LOG.info("no workers: other replicas train");
      return;
    }
    workers.start();
    Runtime.getRuntime().addShutdownHook(new Thread(workers::close, "close-workers"));
  }

  void stop(@Observes ShutdownEvent event) {
    if (config.jobs().concurrency() > 0) {
      workers.close();
    }
  }

  /** A job was taken in. */
  public void wake() {
    workers.wake();
  }
}
