package dev.espalier.gateway.upstream;

import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The services that have an address. */
public final class Upstreams {

  private final Map<String, Upstream> byName = new TreeMap<>();

  public Upstreams(List<ServiceOptions> services, Vertx vertx) {
    for (ServiceOptions service : services) {
      byName.put(service.name(), new Upstream(service, vertx));
    }
  }

  public Optional<Upstream> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<Upstream> all() {
    return byName.values();
  }
}
