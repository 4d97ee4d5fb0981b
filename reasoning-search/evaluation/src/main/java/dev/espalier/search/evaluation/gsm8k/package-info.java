/** Word problems, replayed over solutions that models wrote once. */
@NullMarked
package dev.espalier.search.evaluation.gsm8k;

import org.jspecify.annotations.NullMarked;
