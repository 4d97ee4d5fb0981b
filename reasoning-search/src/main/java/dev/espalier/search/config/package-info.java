/** What an operator can set. */
@NullMarked
package dev.espalier.search.config;

import org.jspecify.annotations.NullMarked;
