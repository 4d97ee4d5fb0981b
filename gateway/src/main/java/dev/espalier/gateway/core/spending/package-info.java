/** What requests may cost, and what they did. */
@org.jspecify.annotations.NullMarked
package dev.espalier.gateway.core.spending;
