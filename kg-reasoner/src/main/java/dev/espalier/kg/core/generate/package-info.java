/** Graphs made from a seed, free of any licence. */
@NullMarked
package dev.espalier.kg.core.generate;

import org.jspecify.annotations.NullMarked;
