/** Percentiles, and how far a mean can be trusted. */
@NullMarked
package dev.espalier.measuring.stats;

import org.jspecify.annotations.NullMarked;
