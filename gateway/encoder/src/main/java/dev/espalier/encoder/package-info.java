/** Sentence encoders that run inside a service. */
@NullMarked
package dev.espalier.encoder;

import org.jspecify.annotations.NullMarked;
