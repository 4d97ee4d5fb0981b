/** The embedding model inside this process. */
@NullMarked
package dev.espalier.gateway.embed;

import org.jspecify.annotations.NullMarked;
