/** What others can follow of a conversation. */
@NullMarked
package dev.espalier.memory.core.event;

import org.jspecify.annotations.NullMarked;
