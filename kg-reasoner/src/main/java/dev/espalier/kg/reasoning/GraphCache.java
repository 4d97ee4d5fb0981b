package dev.espalier.kg.reasoning;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.espalier.kg.config.KgConfig;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.Scope;
import dev.espalier.kg.store.GraphLoader;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Snapshots in memory, by tenant, graph and snapshot; the least used go first. Each is read once,
 * however many ask for it, and by one thread at a time, so that two large ones do not fill the
 * memory together.
 */
@ApplicationScoped
public class GraphCache {

  /** After a delete in another replica nothing stays longer than this. */
  private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

  private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(10);

  private final TenantTransactions transactions;
  private final GraphLoader loader;
  private final Clock clock;
  private final long mostBytes;
  private final AsyncCache<Key, BoundModels> graphs;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "graph-reader");
            thread.setDaemon(true);
            return thread;
          });

  GraphCache(TenantTransactions transactions, GraphLoader loader, KgConfig config, Clock clock) {
    this.transactions = transactions;
    this.loader = loader;
    this.clock = clock;
    mostBytes = config.graphs().cacheSize().asLongValue();
    graphs =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes >> 10)
            .expireAfterAccess(KEPT_UNUSED)
            .<Key, BoundModels>weigher((key, graph) -> (int) (1 + (graph.graph().bytes() >> 10)))
            .buildAsync();
  }

  /**
   * A graph's snapshot, or a newer one.
   *
   * @throws dev.espalier.kg.resource.KgException {@code kg.not_found}, {@code kg.graph_too_large}
   */
  public BoundModels get(Scope scope, Kg kg) {
    Key key = new Key(scope.tenant(), kg.id(), kg.snapshot());
    CompletableFuture<BoundModels> graph =
        graphs.get(key, (k, any) -> CompletableFuture.supplyAsync(() -> load(k), reader));
    try {
      Duration left = Duration.between(clock.instant(), scope.deadline());
      return graph.get(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ProblemException(
          Problem.of(ErrorCode.DEADLINE_EXCEEDED, "the graph is still being read"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.of(ErrorCode.UNAVAILABLE, "stopping"), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Forgets a graph that was deleted. */
  public void evict(UUID kg) {
    graphs.asMap().keySet().removeIf(key -> key.kg().equals(kg));
  }

  private BoundModels load(Key key) {
    return transactions.in(
        key.tenant(),
        clock.instant().plus(LOAD_TIMEOUT),
        () -> new BoundModels(loader.newest(key.kg(), mostBytes)));
  }

  private record Key(String tenant, UUID kg, long snapshot) {}
}
