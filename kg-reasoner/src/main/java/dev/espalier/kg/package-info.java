/** Learned multi-hop answers over a knowledge graph, after MoKGR (arXiv 2507.20498). */
@NullMarked
package dev.espalier.kg;

import org.jspecify.annotations.NullMarked;
