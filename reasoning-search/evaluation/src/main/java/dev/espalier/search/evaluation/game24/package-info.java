/** Game of 24, with steps that no model had to write. */
@NullMarked
package dev.espalier.search.evaluation.game24;

import org.jspecify.annotations.NullMarked;
