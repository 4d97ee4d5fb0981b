/** The HTTP API: requests and answers as records, and what is refused. */
@NullMarked
package dev.espalier.search.api;

import org.jspecify.annotations.NullMarked;
