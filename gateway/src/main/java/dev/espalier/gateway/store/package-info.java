/** Keys, budgets and usage in PostgreSQL. Everything here blocks. */
@NullMarked
package dev.espalier.gateway.store;

import org.jspecify.annotations.NullMarked;
