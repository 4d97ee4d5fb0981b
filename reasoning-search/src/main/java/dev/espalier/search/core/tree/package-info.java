/** Candidate steps, their classes, and the tree they make. */
@NullMarked
package dev.espalier.search.core.tree;

import org.jspecify.annotations.NullMarked;
