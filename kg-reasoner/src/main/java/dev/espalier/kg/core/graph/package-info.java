/** Immutable snapshots of a knowledge graph as arrays. */
@NullMarked
package dev.espalier.kg.core.graph;

import org.jspecify.annotations.NullMarked;
