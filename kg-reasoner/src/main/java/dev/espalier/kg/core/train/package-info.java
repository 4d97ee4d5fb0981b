/** Training: the backward pass, the optimiser, and a trainer that can be stopped and resumed. */
@NullMarked
package dev.espalier.kg.core.train;

import org.jspecify.annotations.NullMarked;
