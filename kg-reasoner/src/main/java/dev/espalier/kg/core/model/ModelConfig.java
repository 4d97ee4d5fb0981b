package dev.espalier.kg.core.model;

/**
 * The shape of a model and its experts.
 *
 * @param dimension of states and relation embeddings
 * @param attentionDimension of the attention's hidden layer
 * @param layers the most hops
 * @param activation of the aggregated messages
 * @param keep new entities that a pruning expert keeps at a hop
 * @param prefilter how many times {@code keep} the attention expert leaves to the other experts
 * @param schedule how {@code keep} changes with the hop
 * @param pruning which pruning experts there are, and how many of them decide
 * @param lengths which path lengths are weighed
 */
public record ModelConfig(
    int dimension,
    int attentionDimension,
    int layers,
    Activation activation,
    int keep,
    int prefilter,
    PruningSchedule schedule,
    Pruning pruning,
    Lengths lengths) {

  private static final int MOST_LAYERS = 12;
  private static final int MOST_DIMENSIONS = 512;

  /**
   * The pruning experts. Without any, every entity that is reached stays.
   *
   * @param attention the strongest message an entity received
   * @param score the entity's score at this hop
   * @param semantic the cosine of its state and the query's relation
   * @param decide how many experts decide per query and hop
   */
  public record Pruning(boolean attention, boolean score, boolean semantic, int decide) {
    public Pruning {
      require(decide >= 1 && decide <= 3, "pruning.decide", "from 1 to 3");
    }

    public boolean any() {
      return attention || score || semantic;
    }
  }

  /**
   * The length experts. Switched off, only the last hop is scored.
   *
   * @param on whether there are any
   * @param shortest the first hop that is scored
   * @param decide how many lengths are kept per query
   * @param temperature of their softmax
   * @param stopBelow a query stops when the statistics of its states change by less; 0 for never
   */
  public record Lengths(boolean on, int shortest, int decide, float temperature, float stopBelow) {
    public Lengths {
      require(shortest >= 1, "lengths.shortest", "1 or more");
      require(decide >= 1, "lengths.decide", "1 or more");
      require(temperature > 0 && Float.isFinite(temperature), "lengths.temperature", "positive");
      require(stopBelow >= 0 && Float.isFinite(stopBelow), "lengths.stop_below", "0 or more");
    }
  }

  /**
   * @throws IllegalArgumentException that names the parameter and what it may be
   */
  public ModelConfig {
    require(dimension >= 4 && dimension <= MOST_DIMENSIONS, "dimension", "from 4 to 512");
    require(
        attentionDimension >= 1 && attentionDimension <= 64, "attention_dimension", "from 1 to 64");
    require(layers >= 1 && layers <= MOST_LAYERS, "layers", "from 1 to 12");
    require(keep >= 1 && keep <= 100_000, "keep", "from 1 to 100000");
    require(prefilter >= 1 && prefilter <= 100, "prefilter", "from 1 to 100");
    require(!lengths.on() || lengths.shortest() <= layers, "lengths.shortest", "at most layers");
  }

  /** All experts on, the last two lengths and hops weighed, sized for a small graph. */
  public static ModelConfig of(int dimension, int layers, int keep) {
    return new ModelConfig(
        dimension,
        8,
        layers,
        Activation.IDENTITY,
        keep,
        3,
        PruningSchedule.CONSTANT,
        new Pruning(true, true, true, 2),
        new Lengths(true, Math.max(1, layers - 2), 2, 1, 0));
  }

  public ModelConfig with(Activation other) {
    return new ModelConfig(
        dimension, attentionDimension, layers, other, keep, prefilter, schedule, pruning, lengths);
  }

  public ModelConfig with(Pruning other) {
    return new ModelConfig(
        dimension,
        attentionDimension,
        layers,
        activation,
        keep,
        prefilter,
        schedule,
        other,
        lengths);
  }

  public ModelConfig with(Lengths other) {
    return new ModelConfig(
        dimension,
        attentionDimension,
        layers,
        activation,
        keep,
        prefilter,
        schedule,
        pruning,
        other);
  }

  public ModelConfig with(PruningSchedule other) {
    return new ModelConfig(
        dimension,
        attentionDimension,
        layers,
        activation,
        keep,
        prefilter,
        other,
        pruning,
        lengths);
  }

  public ModelConfig withKeep(int other) {
    return new ModelConfig(
        dimension,
        attentionDimension,
        layers,
        activation,
        other,
        prefilter,
        schedule,
        pruning,
        lengths);
  }

  public ModelConfig withPrefilter(int other) {
    return new ModelConfig(
        dimension, attentionDimension, layers, activation, keep, other, schedule, pruning, lengths);
  }

  /** The first scored hop. */
  public int firstScoredLayer() {
    return lengths.on() ? lengths.shortest() : layers;
  }

  /** How many lengths there are to choose from. */
  public int lengthCount() {
    return layers - firstScoredLayer() + 1;
  }

  private static void require(boolean holds, String key, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(key + " must be " + allowed);
    }
  }
}
