/**
 * Training and evaluation of the combiner, each one command. Nothing here runs inside the service.
 */
@NullMarked
package dev.espalier.equivalence.training;

import org.jspecify.annotations.NullMarked;
