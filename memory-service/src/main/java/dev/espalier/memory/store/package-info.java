/** PostgreSQL behind the core's ports. */
@NullMarked
package dev.espalier.memory.store;

import org.jspecify.annotations.NullMarked;
