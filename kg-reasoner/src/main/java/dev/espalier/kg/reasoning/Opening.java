package dev.espalier.kg.reasoning;

import dev.espalier.kg.core.explain.Engine;
import dev.espalier.kg.core.explain.PathEngine;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.core.rules.Rule;
import dev.espalier.kg.core.rules.RuleEngine;
import dev.espalier.kg.reasoning.Chosen.Reason;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.LoadedGraph;
import dev.espalier.kg.resource.Scope;
import dev.espalier.kg.store.KgStore;
import dev.espalier.persistence.TenantTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings a graph, and what answers questions about it, into memory. */
@ApplicationScoped
public class Opening {

  private final TenantTransactions transactions;
  private final KgStore kgs;
  private final GraphCache graphs;
  private final Models models;
  private final MinedRules rules;
  private final Calibrations calibrations;

  Opening(
      TenantTransactions transactions,
      KgStore kgs,
      GraphCache graphs,
      Models models,
      MinedRules rules,
      Calibrations calibrations) {
    this.transactions = transactions;
    this.kgs = kgs;
    this.graphs = graphs;
    this.models = models;
    this.rules = rules;
    this.calibrations = calibrations;
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
    return opened(scope, graphs.get(scope, kg), asked);
  }

  /**
   * The graph as it is now, and what answers questions about one of its relations.
   *
   * @param model that answers; the graph's newest when absent
   * @param asksForTails or for heads
   * @throws KgException those of {@link #open} and {@link Opened#relation}; {@link
   *     EngineChoice#AUTO} needs no model unless one is named
   */
  public Chosen choose(
      Scope scope,
      UUID id,
      EngineChoice choice,
      @Nullable UUID model,
      String relation,
      boolean asksForTails) {
    if (choice == EngineChoice.PATH || model != null) {
      Opened opened = open(scope, id, model);
      int asked = opened.relation(relation);
      return byModel(opened, inDirection(opened.graph(), asked, asksForTails), Reason.REQUESTED);
    }
    BoundModels loaded = graphs.get(scope, kg(scope, id));
    LoadedGraph graph = loaded.graph();
    int known = GraphNames.relation(graph.graph(), relation);
    int asked = inDirection(graph, known, asksForTails);
    if (choice == EngineChoice.RULES) {
      return byRules(scope, graph, asked, Reason.REQUESTED);
    }
    Optional<Models.Asked> newest = models.newest(scope, id);
    if (newest.isEmpty()) {
      return byRules(scope, graph, asked, Reason.NO_MODEL);
    }
    Opened opened = opened(scope, loaded, newest.get());
    return opened.bound().toModel(known) < 0
        ? byRules(scope, graph, asked, Reason.RELATION_NOT_COVERED)
        : byModel(opened, asked, Reason.MODEL_COVERS_RELATION);
  }

  private static int inDirection(LoadedGraph graph, int relation, boolean asksForTails) {
    return asksForTails ? relation : graph.graph().inverse(relation);
  }

  private Opened opened(Scope scope, BoundModels loaded, Models.Asked asked) {
    LoadedGraph graph = loaded.graph();
    UUID id = asked.stored().id();
    Explorer explorer = asked.explorer();
    BoundGraph bound = loaded.to(id, explorer);
    boolean isOwn = asked.stored().kg().filter(graph.kg()::equals).isPresent();
    Optional<Calibration> fitted =
        isOwn ? Optional.empty() : calibrations.get(scope, graph, id, explorer, bound);
    if (fitted.isPresent()) {
      return new Opened(
          graph, id, explorer.with(fitted.get()), bound, Opened.Probabilities.OF_ASKED_GRAPH);
    }
    boolean isFitted = explorer.model().calibration().samples() > 0;
    return new Opened(
        graph,
        id,
        explorer,
        bound,
        isFitted ? Opened.Probabilities.OF_TRAINED_GRAPH : Opened.Probabilities.NOT_FITTED);
  }

  /** Forgets a graph that was deleted. */
  public void forget(UUID id) {
    graphs.evict(id);
    rules.evict(id);
    calibrations.evict(id);
  }

  private static Chosen byModel(Opened opened, int relation, Reason reason) {
    Engine engine = new PathEngine(opened.explorer(), opened.bound());
    return new Chosen(opened.graph(), relation, engine, EngineChoice.PATH, reason, opened, null);
  }

  private Chosen byRules(Scope scope, LoadedGraph graph, int relation, Reason reason) {
    List<Rule> mined = rules.get(scope, graph, relation);
    Engine engine = new RuleEngine(graph.graph(), mined, System::nanoTime);
    return new Chosen(graph, relation, engine, EngineChoice.RULES, reason, null, mined.size());
  }

  private Kg kg(Scope scope, UUID id) {
    return transactions.in(scope.tenant(), scope.deadline(), () -> kgs.get(id));
  }

  /**
   * A graph and a model.
   *
   * @param bound the graph as the model sees it
   * @param probabilities on whose validation triples the explorer's are fitted
   */
  public record Opened(
      LoadedGraph graph,
      UUID model,
      Explorer explorer,
      BoundGraph bound,
      Probabilities probabilities) {

    /** On whose validation triples probabilities are fitted. */
    public enum Probabilities {
      OF_TRAINED_GRAPH,
      OF_ASKED_GRAPH,
      NOT_FITTED
    }

    /**
     * A relation by name, which the model knows.
     *
     * @throws KgException {@code kg.relation_not_found}, {@code kg.relation_not_covered}
     */
    public int relation(String name) {
      int relation = GraphNames.relation(graph.graph(), name);
      if (bound.toModel(relation) < 0) {
        throw new KgException(
                KgException.Reason.RELATION_NOT_COVERED,
                "the model was trained on a graph without this relation")
            .with("relation", name)
            .with("coverage", bound.coverage());
      }
      return relation;
    }
  }
}
