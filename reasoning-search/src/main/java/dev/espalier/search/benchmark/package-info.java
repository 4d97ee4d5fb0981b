/** What the search itself costs, without the models. */
@NullMarked
package dev.espalier.search.benchmark;

import org.jspecify.annotations.NullMarked;
