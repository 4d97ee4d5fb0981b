/** Keys, routes, paths, framing and the merged API description as plain Java. */
@NullMarked
package dev.espalier.gateway.core;

import org.jspecify.annotations.NullMarked;
