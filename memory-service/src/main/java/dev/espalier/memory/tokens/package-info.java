/** How the models that read a context count its tokens. */
@NullMarked
package dev.espalier.memory.tokens;

import org.jspecify.annotations.NullMarked;
