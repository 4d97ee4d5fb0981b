/** Compares two steps: vetoes, accepts and the learned combiner, each with its evidence. */
@NullMarked
package dev.espalier.equivalence.core.compare;

import org.jspecify.annotations.NullMarked;
