/** The operator's API: tenants, keys, budgets, usage. */
@NullMarked
package dev.espalier.gateway.api.admin;

import org.jspecify.annotations.NullMarked;
