/** Paths that lead to an answer, and whether the answer depends on them. */
@NullMarked
package dev.espalier.kg.core.explain;

import org.jspecify.annotations.NullMarked;
