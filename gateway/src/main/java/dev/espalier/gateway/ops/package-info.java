/** Health and metrics. */
@NullMarked
package dev.espalier.gateway.ops;

import org.jspecify.annotations.NullMarked;
