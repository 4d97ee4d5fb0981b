/** Scorers that need no model. */
@NullMarked
package dev.espalier.search.core.score;

import org.jspecify.annotations.NullMarked;
