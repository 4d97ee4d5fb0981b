/** The detector in plain Java: nothing here knows HTTP, JSON or a framework. */
@NullMarked
package dev.espalier.equivalence.core;

import org.jspecify.annotations.NullMarked;
