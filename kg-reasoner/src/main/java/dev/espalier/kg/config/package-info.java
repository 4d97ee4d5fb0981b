/** What an operator can set. */
@NullMarked
package dev.espalier.kg.config;

import org.jspecify.annotations.NullMarked;
