/** The commands that measure memory-service from outside. */
@NullMarked
package dev.espalier.memory.evaluation;

import org.jspecify.annotations.NullMarked;
