/** Dense arithmetic: one interface, a scalar and a vector implementation. */
@NullMarked
package dev.espalier.kg.core.kernels;

import org.jspecify.annotations.NullMarked;
