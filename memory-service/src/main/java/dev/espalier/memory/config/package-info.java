/** What an operator can set. */
@NullMarked
package dev.espalier.memory.config;

import org.jspecify.annotations.NullMarked;
