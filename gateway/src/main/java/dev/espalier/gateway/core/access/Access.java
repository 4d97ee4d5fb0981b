package dev.espalier.gateway.core.access;

import dev.espalier.gateway.core.ApiKey;
import dev.espalier.gateway.core.KeyRing;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in: the keys of the configuration always, those of the database as the latest
 * snapshot has them. Asking costs no call to the database.
 *
 * <p>A snapshot that is too old decides nothing: keys that are not in the configuration are then
 * neither let in nor called wrong. The same holds for budgets.
 */
public final class Access {

  private record Loaded(AccessSnapshot snapshot, long atNanos) {}

  private final KeyRing configured;
  private final Duration maxStaleness;
  private final Clock clock;
  private final LongSupplier nanos;
  private final boolean hasDatabase;
  private volatile @Nullable Loaded latest;

  /**
   * @param configured the keys that need no database
   * @param hasDatabase whether snapshots will come
   * @param maxStaleness how old a snapshot may be to decide
   * @param clock for expiry
   * @param nanos for ages, never going back
   */
  public Access(
      KeyRing configured,
      boolean hasDatabase,
      Duration maxStaleness,
      Clock clock,
      LongSupplier nanos) {
    this.configured = configured;
    this.hasDatabase = hasDatabase;
    this.maxStaleness = maxStaleness;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Decides by this from now on; also says that an unchanged snapshot is still true. */
  public void publish(AccessSnapshot snapshot) {
    latest = new Loaded(snapshot, nanos.getAsLong());
  }

  /** The latest snapshot, however old. */
  public Optional<AccessSnapshot> latest() {
    return Optional.ofNullable(latest).map(Loaded::snapshot);
  }

  /** How long ago the latest snapshot was known to be true. */
  public Optional<Duration> age() {
    return Optional.ofNullable(latest)
        .map(it -> Duration.ofNanos(nanos.getAsLong() - it.atNanos()));
  }

  /** What a key is worth. Takes as long for a wrong secret as for a right one. */
  public Admittance of(String presentedKey) {
    Optional<Caller> fromConfiguration = configured.callerOf(presentedKey);
    if (fromConfiguration.isPresent()) {
      return unlessSuspended(fromConfiguration.get());
    }
    AccessSnapshot snapshot = current().orElse(null);
    if (snapshot == null) {
      return new Admittance.Undecided();
    }
    byte[] hash = ApiKey.hashOf(presentedKey);
    return KeyText.idOf(presentedKey)
        .map(id -> snapshot.keys().get(id))
        .filter(key -> key.opens(hash, clock.instant()))
        .map(key -> unlessSuspended(key.caller()))
        .orElseGet(Admittance.Refused::new);
  }

  /** Whether a key of this name may still come. */
  public boolean isKnown(String key) {
    Loaded loaded = latest;
    try {
      return loaded == null || loaded.snapshot().keys().containsKey(UUID.fromString(key));
    } catch (IllegalArgumentException e) {
      // Not one of ours: the configuration names it.
      return true;
    }
  }

  /**
   * Whether calls of this caller have to be reserved in a budget; empty if what we know is too old.
   */
  public Optional<Boolean> isBudgeted(Caller caller) {
    return current().map(snapshot -> snapshot.isBudgeted(caller));
  }

  /** A suspension that we know of holds, however old the snapshot is. */
  public Admittance unlessSuspended(Caller caller) {
    Loaded loaded = latest;
    return loaded != null && loaded.snapshot().suspendedTenants().contains(caller.tenant())
        ? new Admittance.Suspended()
        : new Admittance.Admitted(caller);
  }

  private Optional<AccessSnapshot> current() {
    if (!hasDatabase) {
      return Optional.of(AccessSnapshot.EMPTY);
    }
    Loaded loaded = latest;
    if (loaded == null || nanos.getAsLong() - loaded.atNanos() > maxStaleness.toNanos()) {
      return Optional.empty();
    }
    return Optional.of(loaded.snapshot());
  }
}
