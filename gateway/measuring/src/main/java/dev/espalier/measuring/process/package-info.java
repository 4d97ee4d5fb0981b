/** Packaged services as processes that are killed and started again. */
@NullMarked
package dev.espalier.measuring.process;

import org.jspecify.annotations.NullMarked;
