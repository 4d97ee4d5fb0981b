/** Ranks documents by a query. */
@org.jspecify.annotations.NullMarked
package dev.espalier.gateway.core.rank;
