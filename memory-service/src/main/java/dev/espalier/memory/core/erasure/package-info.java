/** Text that goes for good, with everything that was derived from it. */
@NullMarked
package dev.espalier.memory.core.erasure;

import org.jspecify.annotations.NullMarked;
