/** PostgreSQL: graphs, triples, models and jobs. */
@NullMarked
package dev.espalier.kg.store;

import org.jspecify.annotations.NullMarked;
