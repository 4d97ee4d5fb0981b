/** The embedding model that runs inside this service. */
@NullMarked
package dev.espalier.memory.embed;

import org.jspecify.annotations.NullMarked;
