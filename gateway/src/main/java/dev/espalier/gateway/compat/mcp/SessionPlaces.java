package dev.espalier.gateway.compat.mcp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions a tenant may have at a time. Clients seldom end theirs, so a place is free
 * again when its session is gone, for whatever reason; nobody has to say so.
 */
final class SessionPlaces {

  /** Held by a session, or by a request that may begin one. */
  final class Place {

    private final String tenant;
    private @Nullable String session;

    private Place(String tenant) {
      this.tenant = tenant;
    }

    void belongTo(String session) {
      synchronized (SessionPlaces.this) {
        this.session = session;
      }
    }

    void leaveIfEmpty() {
      synchronized (SessionPlaces.this) {
        Set<Place> taken = session == null ? places.get(tenant) : null;
        if (taken != null) {
          taken.remove(this);
        }
      }
    }
  }

  private final int most;
  private final Predicate<String> isAlive;
  private final Map<String, Set<Place>> places = new HashMap<>();

  /**
   * @param most sessions of a tenant
   * @param isAlive whether there is a session of this id
   */
  SessionPlaces(int most, Predicate<String> isAlive) {
    this.most = most;
    this.isAlive = isAlive;
  }

  int most() {
    return most;
  }

  /** A place for one more; empty when all are taken. */
  synchronized Optional<Place> take(String tenant) {
    Set<Place> taken = places.computeIfAbsent(tenant, it -> new HashSet<>());
    if (taken.size() >= most) {
      taken.removeIf(place -> place.session != null && !isAlive.test(place.session));
    }
    if (taken.size() >= most) {
      return Optional.empty();
    }
    Place place = new Place(tenant);
    taken.add(place);
    return Optional.of(place);
  }
}
