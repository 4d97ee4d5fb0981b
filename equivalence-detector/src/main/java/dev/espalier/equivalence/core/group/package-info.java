/** Sorts candidate steps into groups of equivalent ones. */
@NullMarked
package dev.espalier.equivalence.core.group;

import org.jspecify.annotations.NullMarked;
