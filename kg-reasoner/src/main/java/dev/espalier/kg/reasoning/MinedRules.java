package dev.espalier.kg.reasoning;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.espalier.kg.core.rules.Rule;
import dev.espalier.kg.core.rules.RuleMiner;
import dev.espalier.kg.resource.LoadedGraph;
import dev.espalier.kg.resource.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Rules in memory, by tenant, snapshot and relation; the least used go first. A relation's are
 * mined once, however many ask for them.
 */
@ApplicationScoped
public class MinedRules {

  /** Of about a hundred bytes each. */
  private static final int MOST_RULES = 200_000;

  private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

  private final ReasoningThreads threads;
  private final Cache<Key, List<Rule>> rules =
      Caffeine.newBuilder()
          .maximumWeight(MOST_RULES)
          .expireAfterAccess(KEPT_UNUSED)
          .<Key, List<Rule>>weigher((key, mined) -> 1 + mined.size())
          .build();

  MinedRules(ReasoningThreads threads) {
    this.threads = threads;
  }

  /**
   * The rules of a relation, the surest first. Mining that outlasts the request goes on, and its
   * rules are there for the next.
   *
   * @param relation of the graph; an inverse for questions by tail
   */
  public List<Rule> get(Scope scope, LoadedGraph graph, int relation) {
    Key key = new Key(scope.tenant(), graph.kg(), graph.snapshot(), relation);
    List<Rule> mined = rules.getIfPresent(key);
    return mined != null
        ? mined
        : threads.run(
            scope, () -> rules.get(key, k -> new RuleMiner(graph.graph()).mine(relation)));
  }

  /** Forgets a graph that was deleted. */
  public void evict(UUID kg) {
    rules.asMap().keySet().removeIf(key -> key.kg().equals(kg));
  }

  private record Key(String tenant, UUID kg, long snapshot, int relation) {}
}
