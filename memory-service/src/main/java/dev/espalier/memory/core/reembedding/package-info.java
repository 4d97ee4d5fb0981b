/** The move of a conversation's vectors to another model, side by side with those in use. */
@NullMarked
package dev.espalier.memory.core.reembedding;

import org.jspecify.annotations.NullMarked;
