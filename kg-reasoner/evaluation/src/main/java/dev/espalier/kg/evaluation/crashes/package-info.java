/** Trainings whose service is killed. */
@NullMarked
package dev.espalier.kg.evaluation.crashes;

import org.jspecify.annotations.NullMarked;
