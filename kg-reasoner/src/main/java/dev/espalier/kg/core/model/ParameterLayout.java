package dev.espalier.kg.core.model;

import java.util.ArrayList;
import java.util.List;

/** Where each tensor of a model lies in one array of floats. All matrices are (input, output). */
public final class ParameterLayout {

  /** The three pruning experts, in the order of the gate's outputs. */
  public static final int EXPERTS = 3;

  /**
   * A named tensor.
   *
   * @param fanIn the inputs of the linear map it belongs to; 0 for an embedding
   */
  public record Tensor(String name, List<Integer> shape, int offset, int fanIn) {
    public Tensor {
      shape = List.copyOf(shape);
    }

    public int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /** The offsets of a layer's tensors. */
  public record LayerOffsets(
      int relation,
      int attentionSource,
      int attentionRelation,
      int attentionQuery,
      int attentionBias,
      int attentionOut,
      int attentionOutBias,
      int transform,
      int score,
      int gate,
      int gateNoise) {}

  private final List<Tensor> tensors = new ArrayList<>();
  private final List<LayerOffsets> layers = new ArrayList<>();
  private final int relationRows;
  private final int gruInput;
  private final int gruHidden;
  private final int gruInputBias;
  private final int gruHiddenBias;
  private final int lengthHidden;
  private final int lengthBias;
  private final int lengthGate;
  private final int lengthNoise;
  private int size;

  public ParameterLayout(ModelConfig config, int relations) {
    int d = config.dimension();
    int a = config.attentionDimension();
    relationRows = 2 * relations + 1;
    for (int l = 1; l <= config.layers(); l++) {
      String layer = "layer." + l + ".";
      layers.add(
          new LayerOffsets(
              add(layer + "relation", 0, relationRows, d),
              add(layer + "attention.source", d, d, a),
              add(layer + "attention.relation", d, d, a),
              add(layer + "attention.query", d, d, a),
              add(layer + "attention.bias", d, a),
              add(layer + "attention.out", a, a),
              add(layer + "attention.out_bias", a, 1),
              add(layer + "transform", d, d, d),
              add(layer + "score", d, d),
              add(layer + "pruning.gate", 2 * d, 2 * d, EXPERTS),
              add(layer + "pruning.noise", 2 * d, 2 * d, EXPERTS)));
    }
    gruInput = add("gru.input", d, d, 3 * d);
    gruHidden = add("gru.hidden", d, d, 3 * d);
    gruInputBias = add("gru.input_bias", d, 3 * d);
    gruHiddenBias = add("gru.hidden_bias", d, 3 * d);
    lengthHidden = add("length.hidden", 2 * d, 2 * d, d);
    lengthBias = add("length.bias", 2 * d, d);
    lengthGate = add("length.gate", d, d, config.lengthCount());
    lengthNoise = add("length.noise", d, d, config.lengthCount());
  }

  private int add(String name, int fanIn, Integer... shape) {
    Tensor tensor = new Tensor(name, List.of(shape), size, fanIn);
    tensors.add(tensor);
    size = Math.addExact(size, tensor.size());
    return tensor.offset();
  }

  public List<Tensor> tensors() {
    return List.copyOf(tensors);
  }

  /** Floats in all. */
  public int size() {
    return size;
  }

  /** Rows of a relation embedding: relations, inverses and the self loop. */
  public int relationRows() {
    return relationRows;
  }

  /** The row of the identity self loop. */
  public int selfLoop() {
    return relationRows - 1;
  }

  /**
   * @param layer from 1
   */
  public LayerOffsets layer(int layer) {
    return layers.get(layer - 1);
  }

  public int gruInput() {
    return gruInput;
  }

  public int gruHidden() {
    return gruHidden;
  }

  public int gruInputBias() {
    return gruInputBias;
  }

  public int gruHiddenBias() {
    return gruHiddenBias;
  }

  public int lengthHidden() {
    return lengthHidden;
  }

  public int lengthBias() {
    return lengthBias;
  }

  public int lengthGate() {
    return lengthGate;
  }

  public int lengthNoise() {
    return lengthNoise;
  }
}
