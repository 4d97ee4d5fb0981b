/** The Model Context Protocol: what agents find at {@code /mcp}. */
@NullMarked
package dev.espalier.gateway.compat.mcp;

import org.jspecify.annotations.NullMarked;
