/**
 * Reads mathematics strictly: a token that is not known means "not read", never a guess. Every
 * reading is bounded in size, depth and work, because the text is untrusted.
 */
@NullMarked
package dev.espalier.maths;

import org.jspecify.annotations.NullMarked;
