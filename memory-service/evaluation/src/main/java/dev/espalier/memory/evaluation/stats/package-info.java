/** Percentiles, and how far a mean can be trusted. */
@NullMarked
package dev.espalier.memory.evaluation.stats;

import org.jspecify.annotations.NullMarked;
