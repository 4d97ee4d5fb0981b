/** The API of OpenAI, as its clients speak it. Translation only. */
@NullMarked
package dev.espalier.gateway.compat.openai;

import org.jspecify.annotations.NullMarked;
