/** One careful way to ask an upstream over HTTP; all fault tolerance of the service is here. */
@NullMarked
package dev.espalier.search.upstream.http;

import org.jspecify.annotations.NullMarked;
