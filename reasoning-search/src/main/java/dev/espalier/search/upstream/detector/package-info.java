/** The equivalence detector as a grouper. */
@NullMarked
package dev.espalier.search.upstream.detector;

import org.jspecify.annotations.NullMarked;
