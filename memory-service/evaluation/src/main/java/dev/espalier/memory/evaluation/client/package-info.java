/** The HTTP API of memory-service as a client sees it, through the gateway or directly. */
@NullMarked
package dev.espalier.memory.evaluation.client;

import org.jspecify.annotations.NullMarked;
