/** The search itself: plain Java that knows neither HTTP nor a database. */
@NullMarked
package dev.espalier.search.core;

import org.jspecify.annotations.NullMarked;
