/** Learned multi-hop answers over a user's knowledge graph. */
@NullMarked
package dev.espalier.kg;

import org.jspecify.annotations.NullMarked;
