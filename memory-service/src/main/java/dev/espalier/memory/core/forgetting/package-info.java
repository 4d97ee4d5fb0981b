/**
 * Forgetting that is explained, previewed and undone: what a memory is worth, and where it goes.
 */
@NullMarked
package dev.espalier.memory.core.forgetting;

import org.jspecify.annotations.NullMarked;
