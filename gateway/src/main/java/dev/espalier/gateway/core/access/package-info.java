/** Who may come in, and to what. */
@org.jspecify.annotations.NullMarked
package dev.espalier.gateway.core.access;
