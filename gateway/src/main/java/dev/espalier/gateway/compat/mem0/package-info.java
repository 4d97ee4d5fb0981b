/** The dialect of mem0's hosted client, over memory-service. */
@NullMarked
package dev.espalier.gateway.compat.mem0;

import org.jspecify.annotations.NullMarked;
