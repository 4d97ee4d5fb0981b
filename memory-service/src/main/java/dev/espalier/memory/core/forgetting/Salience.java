package dev.espalier.memory.core.forgetting;

/**
 * The parameters of HEMA's salience.
 *
 * @param lambda of the age term
 * @param gamma how fast the age term falls, per turn
 * @param beta of the recall term
 */
public record Salience(double lambda, double gamma, double beta) {

  /** The paper prints no values; the age term halves in about 140 turns. */
  public static final Salience DEFAULT = new Salience(1, 0.005, 0.5);

  public Salience {
    if (!(lambda >= 0 && gamma >= 0 && beta >= 0)) {
      throw new IllegalArgumentException("a negative parameter of the salience");
    }
  }
}
