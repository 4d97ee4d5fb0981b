/** The values of the chart as they are annotated, and what is made from that. */
@NullMarked
package dev.espalier.helm.values;

import org.jspecify.annotations.NullMarked;
