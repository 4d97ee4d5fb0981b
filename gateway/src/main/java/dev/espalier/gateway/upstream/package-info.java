/** The way to the services. Fault tolerance lives here and only here. */
@NullMarked
package dev.espalier.gateway.upstream;

import org.jspecify.annotations.NullMarked;
