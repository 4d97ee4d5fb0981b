package dev.espalier.kg.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.kg.core.model.Activation;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.TrainingConfig;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a training is told to do differently from what its graph suggests. Everything may be absent.
 *
 * @param dimension of states and relation embeddings
 * @param layers the most hops
 * @param keep new entities that a pruning expert keeps at a hop
 * @param activation {@code identity}, {@code relu} or {@code tanh}
 * @param lengths whether path lengths are weighed
 * @param without experts to switch off: {@code length}, {@code attention}, {@code score}, {@code
 *     semantic}
 * @param validationQueries at most, the same in every epoch; 0 for all
 * @param trainingKeep the same as keep, in training; 0 for keep itself
 * @param queriesPerEpoch at most, drawn anew every epoch; 0 for all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TrainingOptions", additionalProperties = Schema.False.class)
public record TrainingOptions(
    @Nullable Integer dimension,
    @Nullable Integer attentionDimension,
    @Nullable Integer layers,
    @Nullable Integer keep,
    @Nullable Integer prefilter,
    @Schema(enumeration = {"identity", "relu", "tanh"}) @Nullable String activation,
    @Nullable List<String> without,
    @Nullable Boolean lengths,
    @Nullable Double learningRate,
    @Nullable Double decay,
    @Nullable Double weightDecay,
    @Nullable Double averaging,
    @Nullable Double dropout,
    @Nullable Integer batch,
    @Nullable Integer epochs,
    @Nullable Integer patience,
    @Nullable Integer queriesPerEpoch,
    @Nullable Integer validationQueries,
    @Nullable Integer trainingKeep,
    @Nullable Integer warmUpEpochs,
    @Nullable Double balance) {

  private static final List<String> EXPERTS = List.of("length", "attention", "score", "semantic");

  public static TrainingOptions none() {
    return new TrainingOptions(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null);
  }

  /**
   * @throws IllegalArgumentException that names the option and what it may be
   */
  public ModelConfig applyTo(ModelConfig base) {
    int depth = or(layers, base.layers());
    ModelConfig.Lengths weighed = base.lengths();
    ModelConfig.Pruning pruning = base.pruning();
    return new ModelConfig(
        or(dimension, base.dimension()),
        or(attentionDimension, base.attentionDimension()),
        depth,
        activation == null ? base.activation() : activationNamed(activation),
        or(keep, base.keep()),
        or(prefilter, base.prefilter()),
        base.schedule(),
        new ModelConfig.Pruning(
            pruning.attention() && !isWithout("attention"),
            pruning.score() && !isWithout("score"),
            pruning.semantic() && !isWithout("semantic"),
            pruning.decide()),
        new ModelConfig.Lengths(
            (lengths == null ? weighed.on() : lengths) && !isWithout("length"),
            layers == null ? weighed.shortest() : Math.max(1, depth - 1),
            weighed.decide(),
            weighed.temperature(),
            weighed.stopBelow()));
  }

  /**
   * @param threads that train
   * @throws IllegalArgumentException that names the option and what it may be
   */
  public TrainingConfig applyTo(TrainingConfig base, int threads) {
    return new TrainingConfig(
        or(learningRate, base.learningRate()),
        or(decay, base.decay()),
        or(weightDecay, base.weightDecay()),
        or(averaging, base.averaging()),
        or(dropout, base.dropout()),
        or(batch, base.batch()),
        or(epochs, base.epochs()),
        or(patience, base.patience()),
        or(queriesPerEpoch, base.queriesPerEpoch()),
        or(validationQueries, base.validationQueries()),
        or(trainingKeep, keep == null ? base.keep() : 0),
        or(warmUpEpochs, base.warmUpEpochs()),
        or(balance, base.balance()),
        threads);
  }

  private boolean isWithout(String expert) {
    if (without == null) {
      return false;
    }
    if (!EXPERTS.containsAll(without)) {
      throw new IllegalArgumentException("without must name some of " + EXPERTS);
    }
    return without.contains(expert);
  }

  private static Activation activationNamed(String name) {
    for (Activation activation : Activation.values()) {
      if (activation.name().toLowerCase(Locale.ROOT).equals(name)) {
        return activation;
      }
    }
    throw new IllegalArgumentException("activation must be identity, relu or tanh");
  }

  private static int or(@Nullable Integer chosen, int otherwise) {
    return chosen == null ? otherwise : chosen;
  }

  private static double or(@Nullable Double chosen, double otherwise) {
    return chosen == null ? otherwise : chosen;
  }
}
