/** The same comparison with a real model, through a running stack. */
@NullMarked
package dev.espalier.search.evaluation.live;

import org.jspecify.annotations.NullMarked;
