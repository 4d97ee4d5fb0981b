/** Graphs and models in memory, and the threads that reason over them within a deadline. */
@NullMarked
package dev.espalier.kg.reasoning;

import org.jspecify.annotations.NullMarked;
