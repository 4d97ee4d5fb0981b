/** The compact memory: a summary of each segment, and a summary of those. */
@NullMarked
package dev.espalier.memory.core.summary;

import org.jspecify.annotations.NullMarked;
