package dev.espalier.equivalence.core.compare;

/** Turns a text into a vector whose direction carries its meaning. */
public interface StepEncoder {

  /** A vector of length one, or an empty one where there is no encoder. */
  float[] encode(String text);
}
