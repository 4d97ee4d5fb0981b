package dev.espalier.kg.core.network;

import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one hop computed, kept for the way back. Rows of a matrix belong to the entities of the
 * frontier; the arrays are reused and longer than what is valid.
 */
final class Layer {

  final int number;

  /** Entities before this hop, and after it. */
  int before;

  int nodes;

  /** New entities reached, and those the attention expert left to the others. */
  int arrived;

  int survivors;

  long walked;
  boolean capped;

  int edges;
  int[] source = new int[1024];
  int[] relation = new int[1024];
  int[] target = new int[1024];
  float[] logit = new float[1024];
  float[] alpha = new float[1024];

  /** The strongest incoming logit of each new entity. */
  float[] strongest = new float[256];

  /** b + e_rq W_qr. */
  final float[] query;

  float[] attention = new float[0];
  float[] aggregate = new float[0];
  float[] mask = new float[0];
  boolean masked;
  float[] activated = new float[0];
  float[] input = new float[0];

  /** Reset gate, update gate and candidate, side by side; and the hidden part of the candidate. */
  float[] gates = new float[0];

  float[] hidden = new float[0];
  float[] state = new float[0];
  float[] score = new float[0];

  /** Whether pruning experts decided here, and the softmax of each over the new entities. */
  boolean pruned;

  final NoisyTopKGate gate;
  final float[][] share = new float[ParameterLayout.EXPERTS][0];

  /** Gradient of an explained score times alpha, per edge; filled by attribution only. */
  float[] contribution = new float[0];

  float[] carried = new float[0];

  Layer(int number, ModelConfig config) {
    this.number = number;
    this.query = new float[config.attentionDimension()];
    this.gate = new NoisyTopKGate(2 * config.dimension(), ParameterLayout.EXPERTS);
  }

  void clear(int nodesBefore) {
    before = nodesBefore;
    nodes = nodesBefore;
    arrived = 0;
    survivors = 0;
    walked = 0;
    capped = false;
    edges = 0;
    pruned = false;
    masked = false;
  }

  void addEdge(int from, int rel, int to, float strength) {
    if (edges == source.length) {
      int size = 2 * edges;
      source = Arrays.copyOf(source, size);
      relation = Arrays.copyOf(relation, size);
      target = Arrays.copyOf(target, size);
      logit = Arrays.copyOf(logit, size);
      alpha = new float[size];
    }
    source[edges] = from;
    relation[edges] = rel;
    target[edges] = to;
    logit[edges++] = strength;
  }

  /** Drops the edges to new entities that did not stay, and renumbers the others. */
  void retainEdges(int[] moved) {
    int kept = 0;
    for (int e = 0; e < edges; e++) {
      int to = target[e];
      if (to >= before) {
        int place = moved[to - before];
        if (place < 0) {
          continue;
        }
        to = before + place;
      }
      source[kept] = source[e];
      relation[kept] = relation[e];
      target[kept] = to;
      logit[kept] = logit[e];
      alpha[kept++] = alpha[e];
    }
    edges = kept;
  }

  /** What the edges that are left stand for; each triple once for each way it was walked. */
  List<Triple> triples(Frontier frontier, BoundGraph bound) {
    List<Triple> triples = new ArrayList<>();
    int relations = bound.graph().relationCount();
    for (int e = 0; e < edges; e++) {
      int from = frontier.entity(source[e]);
      int to = frontier.entity(target[e]);
      int r = bound.toGraph(relation[e]);
      if (r >= relations) {
        triples.add(new Triple(to, r - relations, from));
      } else if (r >= 0) {
        triples.add(new Triple(from, r, to));
      }
    }
    return triples;
  }

  /** Moves the rows of new entities of a matrix to their new places. */
  void retainRows(float[] matrix, int width, int[] moved, int from, int count) {
    for (int i = 0; i < count; i++) {
      if (moved[i] >= 0 && moved[i] != i) {
        System.arraycopy(matrix, (from + i) * width, matrix, (from + moved[i]) * width, width);
      }
    }
  }

  /** An array at least this long; what it holds is lost. */
  static float[] room(float[] array, int length) {
    return array.length >= length ? array : new float[Math.max(length, 2 * array.length)];
  }
}
