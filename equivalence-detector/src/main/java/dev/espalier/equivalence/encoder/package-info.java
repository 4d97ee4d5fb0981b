/** Sentence encoders behind {@link dev.espalier.equivalence.core.compare.StepEncoder}. */
@NullMarked
package dev.espalier.equivalence.encoder;

import org.jspecify.annotations.NullMarked;
