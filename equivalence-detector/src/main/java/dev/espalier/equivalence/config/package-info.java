/** Configuration of the service. */
@NullMarked
package dev.espalier.equivalence.config;

import org.jspecify.annotations.NullMarked;
