package dev.espalier.gateway.compat.mcp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionPlacesTest {

  private final Set<String> alive = new HashSet<>(List.of("a", "b"));
  private final SessionPlaces places = new SessionPlaces(2, alive::contains);

  @Test
  void givesPlacesByTenant() {
    take("acme", "a");
    take("acme", "b");

    assertTrue(places.take("acme").isEmpty());
    assertTrue(places.take("others").isPresent());
  }

  @Test
  void aPlaceIsFreeWhenItsSessionIsGone() {
    take("acme", "a");
    take("acme", "b");

    alive.remove("a");

    assertTrue(places.take("acme").isPresent());
    assertTrue(places.take("acme").isEmpty());
  }

  @Test
  void requestsThatMayBeginOneCountUntilTheyAreOver() {
    SessionPlaces.Place first = places.take("acme").orElseThrow();
    assertTrue(places.take("acme").isPresent());
    assertFalse(places.take("acme").isPresent());

    first.leaveIfEmpty();

    assertTrue(places.take("acme").isPresent());
  }

  private void take(String tenant, String session) {
    places.take(tenant).orElseThrow().belongTo(session);
  }
}
