/** Filtered ranking with honest ties. */
@NullMarked
package dev.espalier.kg.core.evaluate;

import org.jspecify.annotations.NullMarked;
