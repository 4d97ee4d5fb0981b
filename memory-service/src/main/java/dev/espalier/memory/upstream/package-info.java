/** Models behind OpenAI-compatible endpoints that the operator has configured. */
@NullMarked
package dev.espalier.memory.upstream;

import org.jspecify.annotations.NullMarked;
