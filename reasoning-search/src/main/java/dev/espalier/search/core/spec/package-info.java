/** What a client asked for. */
@NullMarked
package dev.espalier.search.core.spec;

import org.jspecify.annotations.NullMarked;
