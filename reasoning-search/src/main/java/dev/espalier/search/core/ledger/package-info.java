/** What a search has cost, by cause, and how much it may. */
@NullMarked
package dev.espalier.search.core.ledger;

import org.jspecify.annotations.NullMarked;
