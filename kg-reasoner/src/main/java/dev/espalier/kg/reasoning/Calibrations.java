package dev.espalier.kg.reasoning;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.espalier.kg.core.evaluate.Calibrator;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.resource.LoadedGraph;
import dev.espalier.kg.resource.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Probabilities of models on graphs that they were not trained on, fitted on the graph's own
 * validation triples; once per snapshot and model.
 */
@ApplicationScoped
public class Calibrations {

  private static final int MOST = 10_000;
  private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

  /** Validation triples that are asked for, in both directions. */
  private static final int ASKED = 200;

  private final ReasoningThreads threads;
  private final Cache<Key, Optional<Calibration>> fitted =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT_UNUSED).build();

  Calibrations(ReasoningThreads threads) {
    this.threads = threads;
  }

  /**
   * Empty where the graph has too few validation triples to learn from. A fit that outlasts the
   * request goes on, and is there for the next.
   *
   * @param bound the graph as the model sees it
   */
  public Optional<Calibration> get(
      Scope scope, LoadedGraph graph, UUID model, Explorer explorer, BoundGraph bound) {
    if (graph.valid().length == 0) {
      return Optional.empty();
    }
    Key key = new Key(scope.tenant(), graph.kg(), graph.snapshot(), model);
    Optional<Calibration> known = fitted.getIfPresent(key);
    return known != null
        ? known
        : threads.run(
            scope,
            () -> fitted.get(key, k -> Calibrator.fit(explorer, bound, graph.valid(), ASKED)));
  }

  /** Forgets a graph that was deleted. */
  public void evict(UUID kg) {
    fitted.asMap().keySet().removeIf(key -> key.kg().equals(kg));
  }

  private record Key(String tenant, UUID kg, long snapshot, UUID model) {}
}
