/** What runs beside the requests: workers, health, metrics, and how the core is put together. */
@NullMarked
package dev.espalier.memory.ops;

import org.jspecify.annotations.NullMarked;
