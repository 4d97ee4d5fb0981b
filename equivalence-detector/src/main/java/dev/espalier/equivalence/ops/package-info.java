/** Metrics and health. */
@NullMarked
package dev.espalier.equivalence.ops;

import org.jspecify.annotations.NullMarked;
