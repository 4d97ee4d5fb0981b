/** Answers by rules that are mined from the graph: no training, any relation. */
@NullMarked
package dev.espalier.kg.core.rules;

import org.jspecify.annotations.NullMarked;
