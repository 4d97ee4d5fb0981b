/** The trained detector as a file: weights, where they come from, and what was measured. */
@NullMarked
package dev.espalier.equivalence.artefact;

import org.jspecify.annotations.NullMarked;
