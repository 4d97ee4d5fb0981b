/** How much of the evidence for a question recall and context bring back. */
@NullMarked
package dev.espalier.memory.evaluation.recall;

import org.jspecify.annotations.NullMarked;
