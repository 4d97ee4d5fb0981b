package dev.espalier.gateway.config;

import dev.espalier.gateway.core.ApiKey;
import dev.espalier.gateway.core.KeyRing;
import dev.espalier.gateway.core.RouteTable;
import dev.espalier.gateway.upstream.ServiceOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The configuration as the parts it makes.
 *
 * @param keys who may come in
 * @param routes which path belongs to which service, whether it runs or not
 * @param services those that have an address
 */
public record ParsedConfig(KeyRing keys, RouteTable routes, List<ServiceOptions> services) {

  private static final String PREFIX = "espalier.gateway.";

  public ParsedConfig {
    services = List.copyOf(services);
  }

  /**
   * @throws ConfigurationException that names the key at fault
   */
  public static ParsedConfig of(GatewayConfig config) {
    positive("max-body-size", config.maxBodySize().asLongValue());
    positive("max-header-size", config.maxHeaderSize().asLongValue());
    positive("max-uri-size", config.maxUriSize().asLongValue());
    Map<String, List<String>> paths = new TreeMap<>();
    config.services().forEach((name, service) -> paths.put(name, service.paths()));
    return new ParsedConfig(
        keys(config),
        naming(PREFIX + "services.*.paths", () -> new RouteTable(paths)),
        services(config));
  }

  private static KeyRing keys(GatewayConfig config) {
    List<ApiKey> keys = new ArrayList<>();
    config
        .keys()
        .forEach(
            (name, key) ->
                keys.add(
                    naming(
                        PREFIX + "keys." + name,
                        () -> new ApiKey(name, key.sha256(), key.tenant()))));
    return naming(PREFIX + "keys", () -> new KeyRing(keys));
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
                                    PREFIX + "services." + name,
                                    () -> options(name, url, service)))));
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
        service.maxWaiting(),
        service.maxConnections(),
        new ServiceOptions.Breaker(
            service.breaker().requests(),
            service.breaker().failureRatio(),
            service.breaker().delay()));
  }

  private static void positive(String key, long value) {
    if (value <= 0) {
      throw new ConfigurationException(PREFIX + key + ": must be positive", Set.of(PREFIX + key));
    }
  }

  /** Runs the check, and puts the key's name before what it complains about. */
  private static <T> T naming(String key, Supplier<T> check) {
    try {
      return check.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(key + ": " + e.getMessage(), e, Set.of(key));
    }
  }
}
