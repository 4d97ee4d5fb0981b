/** Decides, with evidence, which candidate reasoning steps say the same. */
@NullMarked
package dev.espalier.equivalence;

import org.jspecify.annotations.NullMarked;
