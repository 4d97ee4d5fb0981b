/** The configuration, and what is built from it at the start. */
@NullMarked
package dev.espalier.gateway.config;

import org.jspecify.annotations.NullMarked;
