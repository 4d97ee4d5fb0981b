/** The network: propagation outward from a query, and back. */
@NullMarked
package dev.espalier.kg.core.network;

import org.jspecify.annotations.NullMarked;
