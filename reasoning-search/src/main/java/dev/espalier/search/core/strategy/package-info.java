/** The strategies: deterministic machines that say what they need and take the answers. */
@NullMarked
package dev.espalier.search.core.strategy;

import org.jspecify.annotations.NullMarked;
