package dev.espalier.kg.core.model;

/** What is applied to an entity's aggregated messages. */
public enum Activation {
  IDENTITY,
  RELU,
  TANH
}
