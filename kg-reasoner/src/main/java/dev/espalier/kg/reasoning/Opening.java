package dev.espalier.kg.reasoning;

import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.KgException.Reason;
import dev.espalier.kg.resource.LoadedGraph;
import dev.espalier.kg.resource.Scope;
import dev.espalier.kg.store.KgStore;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings a graph, and a model to ask it with, into memory. */
@ApplicationScoped
public class Opening {

  private final TenantTransactions transactions;
  private final KgStore kgs;
  private final GraphCache graphs;
  private final Models models;

  Opening(TenantTransactions transactions, KgStore kgs, GraphCache graphs, Models models) {
    this.transactions = transactions;
    this.kgs = kgs;
    this.graphs = graphs;
    this.models = models;
  }

  /**
   * The graph as it is now.
   *
   * @throws KgException {@code kg.not_found}, {@code kg.graph_too_large}
   */
  public LoadedGraph graph(Scope scope, UUID id) {
    return graphs.get(scope, kg(scope, id)).graph();
  }

  /**
   * The graph as it is now, seen through a model.
   *
   * @param model the graph's newest when absent
   * @throws KgException {@code kg.not_found}, {@code kg.graph_too_large}, {@code kg.no_model},
   *     {@code kg.model_not_found}
   */
  public Opened open(Scope scope, UUID id, @Nullable UUID model) {
    Kg kg = kg(scope, id);
    Models.Asked asked = models.find(scope, id, model);
    BoundModels loaded = graphs.get(scope, kg);
    BoundGraph bound = loaded.to(asked.stored().id(), asked.explorer());
    return new Opened(loaded.graph(), asked.stored().id(), asked.explorer(), bound);
  }

  private Kg kg(Scope scope, UUID id) {
    return transactions.in(scope.tenant(), scope.deadline(), () -> kgs.get(id));
  }

  /**
   * A graph and a model.
   *
   * @param bound the graph as the model sees it
   */
  public record Opened(LoadedGraph graph, UUID model, Explorer explorer, BoundGraph bound) {

    /**
     * A relation by name, which the model knows.
     *
     * @throws KgException {@code kg.relation_not_found}, {@code kg.relation_not_covered}
     */
    public int relation(String name) {
      int relation = GraphNames.relation(graph.graph(), name);
      if (bound.toModel(relation) < 0) {
        throw new KgException(
                Reason.RELATION_NOT_COVERED,
                "the model was trained on a graph without this relation")
            .with("relation", name)
            .with("coverage", bound.coverage());
      }
      return relation;
    }
  }
}
