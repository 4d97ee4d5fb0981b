/** Groupers that need no detector. */
@NullMarked
package dev.espalier.search.core.group;

import org.jspecify.annotations.NullMarked;
