/** What the search asks of other services: models, scorers, the detector, and recordings. */
@NullMarked
package dev.espalier.search.upstream;

import org.jspecify.annotations.NullMarked;
