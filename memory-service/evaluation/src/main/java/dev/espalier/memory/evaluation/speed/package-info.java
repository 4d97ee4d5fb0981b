/** How long the operations of the memory take, and what the gateway adds. */
@NullMarked
package dev.espalier.memory.evaluation.speed;

import org.jspecify.annotations.NullMarked;
