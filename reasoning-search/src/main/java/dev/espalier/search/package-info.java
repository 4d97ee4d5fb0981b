/** Durable tree search that prunes equivalent steps and accounts for every token. */
@NullMarked
package dev.espalier.search;

import org.jspecify.annotations.NullMarked;
