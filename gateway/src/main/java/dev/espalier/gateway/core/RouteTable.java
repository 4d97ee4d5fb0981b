package dev.espalier.gateway.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which service a path belongs to: the one with the longest prefix, whole segments only. */
public final class RouteTable {

  private record Route(String prefix, String service) {}

  private final List<Route> longestFirst;

  /**
   * @param pathsOf the path prefixes of every service, by its name
   * @throws IllegalArgumentException for a prefix that is no path or that two services claim
   */
  public RouteTable(Map<String, ? extends Collection<String>> pathsOf) {
    Map<String, String> serviceOf = new TreeMap<>();
    pathsOf.forEach(
        (service, paths) ->
            paths.forEach(
                path -> {
                  if (path.endsWith("/") || RequestPath.parse(path).isEmpty()) {
                    throw new IllegalArgumentException(service + " has no such path: " + path);
                  }
                  String other = serviceOf.putIfAbsent(path, service);
                  if (other != null) {
                    throw new IllegalArgumentException(
                        other + " and " + service + " both claim the path " + path);
                  }
                }));
    longestFirst =
        serviceOf.entrySet().stream()
            .map(entry -> new Route(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing((Route route) -> route.prefix.length()).reversed())
            .toList();
  }

  public Optional<String> serviceOf(RequestPath path) {
    for (Route route : longestFirst) {
      if (path.isUnder(route.prefix)) {
        return Optional.of(route.service);
      }
    }
    return Optional.empty();
  }
}
