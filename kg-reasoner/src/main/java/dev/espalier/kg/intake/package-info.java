/** Triples as text: every format that can be uploaded or downloaded, streamed, off the network. */
@NullMarked
package dev.espalier.kg.intake;

import org.jspecify.annotations.NullMarked;
