package dev.espalier.kg.core.network;

/** The loss of one query: -score(answer) + logsumexp over all entities that may be ranked. */
/*
 * Entities that were not reached score 0 and are counted, not stored. Other answers that the
 * training graph knows are left out of the sum, as they are left out of the ranking.
 */
public final class Loss {

  private float[] gradient = new float[0];

  /**
   * The loss; the gradient by each score is then in {@link #gradient()}.
   *
   * @param entities in the graph
   * @param answer the entity that is right
   * @param others known answers, ascending, the answer itself possibly among them
   */
  public double of(Propagation forward, int entities, int answer, int[] others) {
    int count = forward.count();
    gradient = Layer.room(gradient, count);
    int unreached = entities - count;
    double most = 0;
    for (int i = 0; i < count; i++) {
      gradient[i] = 0;
      most = Math.max(most, forward.score(i));
    }
    for (int other : others) {
      if (other != answer) {
        int index = forward.index(other);
        if (index < 0) {
          unreached--;
        } else {
          gradient[index] = -1;
        }
      }
    }
    double sum = unreached * Math.exp(-most);
    for (int i = 0; i < count; i++) {
      sum += gradient[i] < 0 ? 0 : Math.exp(forward.score(i) - most);
    }
    for (int i = 0; i < count; i++) {
      gradient[i] = gradient[i] < 0 ? 0 : (float) (Math.exp(forward.score(i) - most) / sum);
    }
    int right = forward.index(answer);
    double score = 0;
    if (right >= 0) {
      score = forward.score(right);
      gradient[right] -= 1;
    }
    return most + Math.log(sum) - score;
  }

  public float[] gradient() {
    return gradient;
  }
}
