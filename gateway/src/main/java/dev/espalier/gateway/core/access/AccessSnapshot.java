package dev.espalier.gateway.core.access;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the database says about access, as of one moment.
 *
 * @param revision changes with every change of the rest
 * @param keys those that were made through the admin API and not revoked
 * @param suspendedTenants whose keys open nothing for now
 * @param budgetedTenants that have a budget of their own
 * @param budgetedKeys that have a budget of their own, as {@link Caller#key} names them
 */
public record AccessSnapshot(
    long revision,
    Map<UUID, ManagedKey> keys,
    Set<String> suspendedTenants,
    Set<String> budgetedTenants,
    Set<String> budgetedKeys) {

  public AccessSnapshot {
    keys = Map.copyOf(keys);
    suspendedTenants = Set.copyOf(suspendedTenants);
    budgetedTenants = Set.copyOf(budgetedTenants);
    budgetedKeys = Set.copyOf(budgetedKeys);
  }

  /** What an installation without a database knows. */
  static final AccessSnapshot EMPTY = new AccessSnapshot(0, Map.of(), Set.of(), Set.of(), Set.of());

  boolean isBudgeted(Caller caller) {
    return budgetedTenants.contains(caller.tenant()) || budgetedKeys.contains(caller.key());
  }
}
