/** The inner loops of the memory engine on their own, measured with JMH. */
@NullMarked
package dev.espalier.memory.evaluation.kernels;

import org.jspecify.annotations.NullMarked;
