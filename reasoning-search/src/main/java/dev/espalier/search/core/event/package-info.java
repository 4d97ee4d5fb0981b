/** What happened to a search, in order; a search is what its events say. */
@NullMarked
package dev.espalier.search.core.event;

import org.jspecify.annotations.NullMarked;
