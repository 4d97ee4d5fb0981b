package dev.espalier.kg.training;

import dev.espalier.kg.config.KgConfig;
import dev.espalier.kg.resource.Job;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.KgException.Reason;
import dev.espalier.kg.store.JobStore;
import dev.espalier.kg.store.KgStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes trainings in. Called inside a transaction of a tenant. */
@ApplicationScoped
public class Trainings {

  private static final int MOST_SEED = Integer.MAX_VALUE;

  private final KgStore kgs;
  private final JobStore jobs;
  private final JsonText json;
  private final KgConfig config;
  private final SecureRandom seeds = new SecureRandom();

  Trainings(KgStore kgs, JobStore jobs, JsonText json, KgConfig config) {
    this.kgs = kgs;
    this.jobs = jobs;
    this.json = json;
    this.config = config;
  }

  /**
   * Takes a training of a graph as it is now in.
   *
   * @param seed drawn when absent
   * @throws KgException {@code kg.not_found}, {@code kg.graph_empty}, {@code kg.invalid_config},
   *     {@code kg.too_many_jobs}
   */
  public Job add(
      UUID id,
      @Nullable TrainingOptions options,
      @Nullable Integer budgetSeconds,
      @Nullable Long seed) {
    Kg kg = kgs.get(id);
    if (kg.triples().train() == 0) {
      throw new KgException(Reason.GRAPH_EMPTY, "the graph has no training triples");
    }
    TrainingOptions chosen = options == null ? TrainingOptions.none() : options;
    TrainingPlan.check(chosen);
    long most = config.jobs().maxBudget().toSeconds();
    long budget = budgetSeconds == null ? config.jobs().budget().toSeconds() : budgetSeconds;
    if (budget > most) {
      throw new KgException(
          Reason.INVALID_CONFIG, "budget_seconds must be at most %d".formatted(most));
    }
    TrainingRequest request =
        new TrainingRequest(chosen, seed == null ? seeds.nextInt(MOST_SEED) : seed, (int) budget);
    return jobs.add(kg, json.write(request), config.jobs().perTenant());
  }
}
