/** Memories as mem0's clients see them: short texts about users, agents, apps and runs. */
@NullMarked
package dev.espalier.gateway.core.memories;

import org.jspecify.annotations.NullMarked;
