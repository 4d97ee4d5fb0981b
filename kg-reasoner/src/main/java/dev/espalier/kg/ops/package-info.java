/** What runs beside the requests: workers, event streams, metrics. */
@NullMarked
package dev.espalier.kg.ops;

import org.jspecify.annotations.NullMarked;
