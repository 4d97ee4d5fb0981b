/** Outward exploration from a query's entity, with length and pruning experts. */
@NullMarked
package dev.espalier.kg.core.explore;

import org.jspecify.annotations.NullMarked;
