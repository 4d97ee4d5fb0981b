package dev.espalier.memory.core.forgetting;

/** How a turn's strength is judged. */
public enum Strategy {
  /** Information content, activation and use, less redundancy. */
  ACTIVATION,
  /** HEMA's salience with the sign of its recall term turned round. */
  HEMA,
  /** HEMA's salience as printed, which favours what was never recalled; for comparison only. */
  HEMA_AS_PRINTED,
  /** By lot; for comparison only. */
  RANDOM
}
