/** The memory engine in plain Java: what a turn is, how recall ranks, how a context is composed. */
@NullMarked
package dev.espalier.memory.core;

import org.jspecify.annotations.NullMarked;
