/** The chart of the parent folder, as Helm renders it. */
@NullMarked
package dev.espalier.helm;

import org.jspecify.annotations.NullMarked;
