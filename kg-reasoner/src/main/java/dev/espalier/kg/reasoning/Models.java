package dev.espalier.kg.reasoning;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.espalier.kg.artefact.ModelArtefact;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.Scope;
import dev.espalier.kg.resource.StoredModel;
import dev.espalier.kg.store.ModelStore;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Models in memory, ready to be asked. Whether one is there, and whose, is looked up each time. */
@ApplicationScoped
public class Models {

  private static final int MOST = 32;
  private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

  private final TenantTransactions transactions;
  private final ModelStore models;
  private final Kernels kernels = Kernels.best();
  private final Cache<UUID, Explorer> explorers =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT_UNUSED).build();

  Models(TenantTransactions transactions, ModelStore models) {
    this.transactions = transactions;
    this.models = models;
  }

  /**
   * The model with this id, or without one the newest that was trained on the graph.
   *
   * @throws KgException {@code kg.model_not_found}, {@code kg.no_model}
   */
  public Asked find(Scope scope, UUID kg, @Nullable UUID id) {
    return transactions.in(
        scope.tenant(),
        scope.deadline(),
        () -> {
          StoredModel stored =
              id == null
                  ? models.newestOf(kg).orElseThrow(() -> KgException.noModel(kg))
                  : models.get(id);
          return new Asked(stored, explorer(stored.id()));
        });
  }

  /** The newest model that was trained on the graph. */
  public Optional<Asked> newest(Scope scope, UUID kg) {
    return transactions.in(
        scope.tenant(),
        scope.deadline(),
        () -> models.newestOf(kg).map(stored -> new Asked(stored, explorer(stored.id()))));
  }

  public Kernels kernels() {
    return kernels;
  }

  private Explorer explorer(UUID id) {
    Explorer known = explorers.getIfPresent(id);
    if (known != null) {
      return known;
    }
    Explorer read =
        new Explorer(ModelArtefact.read(models.artefact(id)), kernels, System::nanoTime);
    explorers.put(id, read);
    return read;
  }

  /** A model that is asked. */
  public record Asked(StoredModel stored, Explorer explorer) {}
}
