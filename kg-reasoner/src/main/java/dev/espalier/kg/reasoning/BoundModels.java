package dev.espalier.kg.reasoning;

import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.resource.LoadedGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A snapshot, and how the models that were asked last see its relations. */
public final class BoundModels {

  private static final int MOST_MODELS = 8;

  private final LoadedGraph graph;
  private final Map<UUID, BoundGraph> bound =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, BoundGraph> eldest) {
          return size() > MOST_MODELS;
        }
      };

  BoundModels(LoadedGraph graph) {
    this.graph = graph;
  }

  public LoadedGraph graph() {
    return graph;
  }

  /** The graph as a model sees it; the first time costs a pass over its edges. */
  public synchronized BoundGraph to(UUID model, Explorer explorer) {
    return bound.computeIfAbsent(model, id -> explorer.bind(graph.graph()));
  }
}
