/** Runs a search against its ports, and tells from its events how it stands. */
@NullMarked
package dev.espalier.search.core.run;

import org.jspecify.annotations.NullMarked;
