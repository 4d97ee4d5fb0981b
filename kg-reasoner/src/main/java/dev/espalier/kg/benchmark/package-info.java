/** Measurements from the command line. Nothing here runs inside the service. */
@NullMarked
package dev.espalier.kg.benchmark;

import org.jspecify.annotations.NullMarked;
