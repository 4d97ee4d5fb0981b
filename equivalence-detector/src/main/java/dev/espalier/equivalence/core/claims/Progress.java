package dev.espalier.equivalence.core.claims;

/** How far a step goes. Steps that go differently far do not say the same. */
public enum Progress {
  /** Only an opener, or facts that the problem or the prefix has already given. */
  NOTHING_NEW,
  /** Says what will be computed and does not compute it. */
  ANNOUNCES,
  /** Names a variable. */
  DEFINES,
  /** Asserts something new without a value, such as "the triangle is isosceles". */
  STATES,
  /** Asserts a new value or relation. */
  COMPUTES
}
