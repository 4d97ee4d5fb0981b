/** Clients of others against a running stack. */
@NullMarked
package dev.espalier.compatibility;

import org.jspecify.annotations.NullMarked;
