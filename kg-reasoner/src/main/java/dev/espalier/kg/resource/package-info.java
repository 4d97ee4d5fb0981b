/** Graphs, models and jobs as the service keeps them, and why it refuses. Plain Java. */
@NullMarked
package dev.espalier.kg.resource;

import org.jspecify.annotations.NullMarked;
