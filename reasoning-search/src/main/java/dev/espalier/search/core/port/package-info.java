/** What a search asks of the world: proposals, groups, scores, and leave to pay for them. */
@NullMarked
package dev.espalier.search.core.port;

import org.jspecify.annotations.NullMarked;
