/** The client of the language model that judges undecided pairs. */
@NullMarked
package dev.espalier.equivalence.upstream;

import org.jspecify.annotations.NullMarked;
