/** Puzzles that ask for a number made of given numbers, and a proposer of their steps. */
@NullMarked
package dev.espalier.search.core.arithmetic;

import org.jspecify.annotations.NullMarked;
