/** Proposals from a file, and the file from proposals. */
@NullMarked
package dev.espalier.search.upstream.recorded;

import org.jspecify.annotations.NullMarked;
