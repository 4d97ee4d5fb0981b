/** What a client meets: the checks on arrival, the routes, and problems as answers. */
@NullMarked
package dev.espalier.gateway.api;

import org.jspecify.annotations.NullMarked;
