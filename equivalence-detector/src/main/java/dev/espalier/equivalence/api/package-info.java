/** Our HTTP API: requests, responses and their limits. */
@NullMarked
package dev.espalier.equivalence.api;

import org.jspecify.annotations.NullMarked;
