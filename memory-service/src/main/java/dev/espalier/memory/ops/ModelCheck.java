package dev.espalier.memory.ops;

import dev.espalier.memory.core.Embedders;
import dev.espalier.memory.store.StoredModels;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Says at start, and in health, how many conversations have vectors of a model that is not
 * configured: they are searched by their words alone until they are moved.
 */
@Readiness
@ApplicationScoped
class ModelCheck implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(ModelCheck.class);

  private final Embedders embedders;
  private final StoredModels models;
  private volatile long stranded;

  ModelCheck(Embedders embedders, StoredModels models) {
    this.embedders = embedders;
    this.models = models;
  }

  void start(@Observes StartupEvent event) {
    try {
      look();
    } catch (RuntimeException e) {
      // The database is away or not migrated yet; other checks say so, and hold up readiness.
      LOG.warnf("the models of stored conversations are not known: %s", e.toString());
    }
  }

  private void look() {
    models
        .counts()
        .forEach(
            (model, conversations) -> {
              if (embedders.of(model).isEmpty()) {
                stranded += conversations;
                LOG.warnf(
                    "%d conversations have vectors of %s (%s), which is not configured: they are"
                        + " searched by their words alone. Configure it as"
                        + " espalier.memory.embedding.second, or re-embed them.",
                    conversations, model.name(), model.quantisation());
              }
            });
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("embedding models")
        .up()
        .withData("conversations_without_their_model_at_start", stranded)
        .build();
  }
}
