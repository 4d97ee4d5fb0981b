/** What is left of a conversation when processes are killed or clients collide. */
@NullMarked
package dev.espalier.memory.evaluation.crashes;

import org.jspecify.annotations.NullMarked;
