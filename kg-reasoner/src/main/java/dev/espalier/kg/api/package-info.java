/**
 * The HTTP API: requests and answers as records, and the one place where a refusal gets a status.
 */
@NullMarked
package dev.espalier.kg.api;

import org.jspecify.annotations.NullMarked;
