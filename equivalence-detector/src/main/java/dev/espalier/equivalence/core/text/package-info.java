/** Steps as canonical text, tokens and stems, before anything is known about their meaning. */
@NullMarked
package dev.espalier.equivalence.core.text;

import org.jspecify.annotations.NullMarked;
