/** The answers that steps give, and when two of them are the same. */
@NullMarked
package dev.espalier.search.core.answer;

import org.jspecify.annotations.NullMarked;
