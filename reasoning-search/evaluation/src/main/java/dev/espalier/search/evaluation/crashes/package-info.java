/** Kills the packaged service among searches, and compares its ledger with the upstream's count. */
@NullMarked
package dev.espalier.search.evaluation.crashes;

import org.jspecify.annotations.NullMarked;
