/** Measures the packaged kg-reasoner from outside. */
@NullMarked
package dev.espalier.kg.evaluation;

import org.jspecify.annotations.NullMarked;
