/** Many searches under one budget, with an arm that shows what pruning saves. */
@NullMarked
package dev.espalier.search.core.batch;

import org.jspecify.annotations.NullMarked;
