/** Conversations that leave and come back. */
@NullMarked
package dev.espalier.memory.core.transfer;

import org.jspecify.annotations.NullMarked;
