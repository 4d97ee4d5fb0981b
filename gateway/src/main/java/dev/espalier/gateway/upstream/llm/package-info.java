/** The only way from here to language models. */
@NullMarked
package dev.espalier.gateway.upstream.llm;

import org.jspecify.annotations.NullMarked;
