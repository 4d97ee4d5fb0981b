/** What a step asserts: claims with their slots, and what it only announces or repeats. */
@NullMarked
package dev.espalier.equivalence.core.claims;

import org.jspecify.annotations.NullMarked;
