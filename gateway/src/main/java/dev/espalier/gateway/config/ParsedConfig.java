package dev.espalier.gateway.config;

import dev.espalier.gateway.core.ApiKey;
import dev.espalier.gateway.core.KeyRing;
import dev.espalier.gateway.core.RouteTable;
import dev.espalier.gateway.core.access.KeyLimits;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.upstream.ServiceOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The configuration as the parts it makes.
 *
 * @param keys who may come in
 * @param routes which path belongs to which service, whether it runs or not
 * @param services those that have an address
 * @param scopes what a key needs for each service
 */
public record ParsedConfig(
    KeyRing keys,
    RouteTable routes,
    List<ServiceOptions> services,
    Map<String, Set<Scope>> scopes) {

  private static final String PREFIX = "espalier.gateway.";

  public ParsedConfig {
    services = List.copyOf(services);
    scopes = Map.copyOf(scopes);
  }

  /**
   * @throws ConfigurationException that names the key at fault
   */
  public static ParsedConfig of(GatewayConfig config) {
    positive("max-body-size", config.maxBodySize().asLongValue());
    positive("max-header-size", config.maxHeaderSize().asLongValue());
    positive("max-uri-size", config.maxUriSize().asLongValue());
    positive("access.refresh-every", config.access().refreshEvery().toMillis());
    positive("access.max-staleness", config.access().maxStaleness().toMillis());
    positive("spending.reservation-ttl", config.spending().reservationTtl().toMillis());
    positive("spending.usage-retention", config.spending().usageRetention().toMillis());
    positive("spending.usage-queue", config.spending().usageQueue());
    Map<String, List<String>> paths = new TreeMap<>();
    config.services().forEach((name, service) -> paths.put(name, service.paths()));
    return new ParsedConfig(
        keys(config),
        naming("services.*.paths: ", () -> new RouteTable(paths)),
        services(config),
        scopes(config));
  }

  /** The largest request body of a service. */
  public static long maxBodyBytes(GatewayConfig config, String service) {
    GatewayConfig.Service settings = config.services().get(service);
    return settings == null
        ? config.maxBodySize().asLongValue()
        : settings.maxBodySize().orElse(config.maxBodySize()).asLongValue();
  }

  private static Map<String, Set<Scope>> scopes(GatewayConfig config) {
    Map<String, Set<Scope>> scopes = new TreeMap<>();
    config
        .services()
        .forEach(
            (name, service) ->
                scopes.put(
                    name,
                    naming(
                        "services." + name + ".",
                        () ->
                            service
                                .scope()
                                .map(it -> Set.of(scope("scope", it)))
                                .orElse(Scope.OF_TENANTS))));
    return scopes;
  }

  private static Scope scope(String key, String name) {
    return Scope.named(name)
        .orElseThrow(() -> new IllegalArgumentException(key + ": there is no scope " + name));
  }

  private static KeyRing keys(GatewayConfig config) {
    List<ApiKey> keys = new ArrayList<>();
    config
        .keys()
        .forEach((name, key) -> keys.add(naming("keys." + name + ".", () -> key(name, key))));
    return naming("keys: ", () -> new KeyRing(keys));
  }

  private static ApiKey key(String name, GatewayConfig.Key key) {
    Set<Scope> scopes =
        key.scopes()
            .map(names -> names.stream().map(it -> scope("scopes", it)).collect(Collectors.toSet()))
            .orElse(Scope.OF_CLIENTS);
    KeyLimits limits =
        new KeyLimits(key.requestsPerMinute().orElse(null), key.tokensPerMinute().orElse(null));
    return new ApiKey(name, key.sha256(), key.tenant(), scopes, limits);
  }

  private static List<ServiceOptions> services(GatewayConfig config) {
    List<ServiceOptions> services = new ArrayList<>();
    new TreeMap<>(config.services())
        .forEach(
            (name, service) ->
                service
                    .url()
                    .ifPresent(
                        url ->
                            services.add(
                                naming(
                                    "services." + name + ".", () -> options(name, url, service)))));
    return services;
  }

  private static ServiceOptions options(String name, String url, GatewayConfig.Service service) {
    URI address = ServiceOptions.address(url);
    return new ServiceOptions(
        name,
        address.getHost(),
        address.getPort() < 0 ? 80 : address.getPort(),
        service.timeout(),
        service.connectTimeout(),
        service.idleTimeout(),
        service.places(),
        service.maxWaiting(),
        service.maxConnections(),
        new ServiceOptions.Breaker(
            service.breaker().requests(),
            service.breaker().failureRatio(),
            service.breaker().delay()));
  }

  private static void positive(String key, long value) {
    if (value <= 0) {
      throw new ConfigurationException(PREFIX + key + ": must be positive");
    }
  }

  /** Runs the check, and puts the key before what it complains about. */
  private static <T> T naming(String key, Supplier<T> check) {
    try {
      return check.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(PREFIX + key + e.getMessage(), e);
    }
  }
}
