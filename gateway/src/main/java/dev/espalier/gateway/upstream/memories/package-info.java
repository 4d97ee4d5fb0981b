/** Memories kept as turns of memory-service. */
@NullMarked
package dev.espalier.gateway.upstream.memories;

import org.jspecify.annotations.NullMarked;
