/** Renders the chart as Helm does, and looks at what comes out. */
@NullMarked
package dev.espalier.helm;

import org.jspecify.annotations.NullMarked;
