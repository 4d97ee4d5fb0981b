package dev.espalier.kg.training;

import dev.espalier.kg.core.graph.GraphBuilder;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.train.AutoConfig;
import dev.espalier.kg.core.train.TrainingState;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.KgException.Reason;

/** Where a training begins: what the graph suggests, changed by what was asked for. */
final class TrainingPlan {

  private TrainingPlan() {}

  /**
   * @throws KgException {@code kg.graph_empty}, {@code kg.invalid_config}
   */
  static TrainingState of(TrainingRequest request, SplitGraph data, int threads) {
    if (data.train().length == 0) {
      throw new KgException(Reason.GRAPH_EMPTY, "the graph has no training triples");
    }
    try {
      TrainingOptions options = request.options();
      AutoConfig suggested = AutoConfig.of(data.graph(), threads);
      return TrainingState.initial(
          options.applyTo(suggested.model()),
          options.applyTo(suggested.training(), threads),
          data.graph().relationCount(),
          request.seed());
    } catch (IllegalArgumentException e) {
      throw invalid(e);
    }
  }

  /**
   * Refuses options that no graph makes valid.
   *
   * @throws KgException {@code kg.invalid_config}
   */
  static void check(TrainingOptions options) {
    try {
      AutoConfig any = AutoConfig.of(new GraphBuilder().build(), 1);
      options.applyTo(any.model());
      options.applyTo(any.training(), 1);
    } catch (IllegalArgumentException e) {
      throw invalid(e);
    }
  }

  private static KgException invalid(IllegalArgumentException e) {
    return new KgException(Reason.INVALID_CONFIG, "config." + e.getMessage());
  }
}
