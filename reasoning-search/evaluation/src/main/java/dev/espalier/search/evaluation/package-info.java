/** Measures what pruning saves, and what it costs, against control arms. */
@NullMarked
package dev.espalier.search.evaluation;

import org.jspecify.annotations.NullMarked;
