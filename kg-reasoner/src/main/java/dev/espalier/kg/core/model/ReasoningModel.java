package dev.espalier.kg.core.model;

import dev.espalier.kg.core.graph.Names;

/**
 * A trained model: it answers queries on any graph whose relations it knows.
 *
 * @param config shape and experts
 * @param relations by id; inverses follow, then the self loop
 * @param parameters in the order of {@link ParameterLayout}; not to be changed
 * @param calibration from scores to probabilities
 * @param provenance data, seed and hyper-parameters of the training
 */
public record ReasoningModel(
    ModelConfig config,
    Names relations,
    float[] parameters,
    Calibration calibration,
    Provenance provenance) {

  /**
   * @throws IllegalArgumentException if there are more or fewer parameters than the config needs,
   *     or one is not finite
   */
  public ReasoningModel {
    int size = new ParameterLayout(config, relations.size()).size();
    if (parameters.length != size) {
      throw new IllegalArgumentException(
          "the model has " + size + " parameters, not " + parameters.length);
    }
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        throw new IllegalArgumentException("a parameter is not finite");
      }
    }
  }

  public ReasoningModel with(Calibration other) {
    return new ReasoningModel(config, relations, parameters, other, provenance);
  }
}
