/** The arms that are compared, one search of an arm, and the report on all of them. */
@NullMarked
package dev.espalier.search.evaluation.arms;

import org.jspecify.annotations.NullMarked;
