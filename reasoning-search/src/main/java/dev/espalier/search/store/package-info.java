/** Searches, their events and batches in PostgreSQL. */
@NullMarked
package dev.espalier.search.store;

import org.jspecify.annotations.NullMarked;
