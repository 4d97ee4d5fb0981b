package dev.espalier.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator can set. */
@ConfigMapping(prefix = "espalier.gateway")
public interface GatewayConfig {

  /** The keys that open the gateway, by a name of your choice. */
  Map<String, Key> keys();

  /** The services behind the gateway, by name. */
  Map<String, Service> services();

  /** The largest request body. */
  @WithDefault("10M")
  MemorySize maxBodySize();

  /** The largest sum of all header names and values. */
  @WithDefault("16K")
  MemorySize maxHeaderSize();

  /** The longest path and query, in bytes. */
  @WithDefault("4K")
  MemorySize maxUriSize();

  /** The keys that are in the database. */
  Keyed access();

  /** Tokens in place of keys. */
  TokenIssuer jwt();

  /** Budgets and usage. */
  Metering spending();

  /** The database of keys, budgets and usage. */
  Storage database();

  /** How long the merged API description is kept. */
  @WithDefault("10S")
  Duration openApiMaxAge();

  /** One API key. */
  interface Key {

    /** The SHA-256 of the key's UTF-8 bytes, 64 hexadecimal digits. */
    String sha256();

    /** The tenant whose requests the key lets in. */
    String tenant();

    /** What it may use; everything that clients may, when absent. */
    Optional<List<String>> scopes();

    /** How many requests it may make in a minute. */
    Optional<Long> requestsPerMinute();

    /** How many tokens of language models it may use in a minute. */
    Optional<Long> tokensPerMinute();
  }

  /** How the keys of the database are followed. */
  interface Keyed {

    /** How often changes are looked for. */
    @WithDefault("1S")
    Duration refreshEvery();

    /** How long the keys last read open without the database. */
    @WithDefault("30S")
    Duration maxStaleness();
  }

  /** How budgets and usage are kept. */
  interface Metering {

    /** When a reservation that nobody settled is released. */
    @WithDefault("15M")
    Duration reservationTtl();

    /** How long usage records are kept. */
    @WithDefault("P400D")
    Duration usageRetention();

    /** How many usage records may wait to be written. */
    @WithDefault("10000")
    int usageQueue();
  }

  /** How the schema is looked after. */
  interface Storage {

    /** Whether the gateway brings its schema up when the database answers. */
    @WithDefault("true")
    boolean migrate();
  }

  /** The issuer of the tokens that are taken in place of keys. */
  interface TokenIssuer {

    /** What stands in {@code iss}; without it there are no tokens. */
    Optional<String> issuer();

    /** What stands in {@code aud}. */
    Optional<String> audience();

    /** Where its keys are, as a JWKS document. */
    Optional<String> jwksUrl();

    /** Its one key, as a PEM file, in place of an address. */
    Optional<String> publicKeyFile();

    /** The claim that names the tenant. */
    @WithDefault("tenant")
    String tenantClaim();

    /** The claim that lists scopes. */
    @WithDefault("scope")
    String scopesClaim();

    /** How often its keys are read. */
    @WithDefault("5M")
    Duration refreshEvery();
  }

  /** One service behind the gateway. */
  interface Service {

    /** Where it listens, such as {@code http://127.0.0.1:8083}; not routed when absent. */
    Optional<String> url();

    /** What a key needs for it; everything that belongs to a tenant, when absent. */
    Optional<String> scope();

    /** The path prefixes that are its own. */
    List<String> paths();

    /** The largest request body, where it is another one than for the rest. */
    Optional<MemorySize> maxBodySize();

    /** How long it may take until the head of its answer; a client may ask for less. */
    @WithDefault("30S")
    Duration timeout();

    /** How long a connection to it may take. */
    @WithDefault("1S")
    Duration connectTimeout();

    /** How long it may be silent in the middle of an answer. */
    @WithDefault("5M")
    Duration idleTimeout();

    /** How many requests may be there at a time, waiting for the head of its answer. */
    @WithDefault("64")
    int places();

    /** How many requests may wait for a place. */
    @WithDefault("256")
    int maxWaiting();

    /** How many connections to it there may be, waiting and streaming together. */
    @WithDefault("512")
    int maxConnections();

    /** When to stop asking it. */
    Breaker breaker();
  }

  /** When a service counts as broken. */
  interface Breaker {

    /** Over how many requests the failures are counted. */
    @WithDefault("20")
    int requests();

    /** The share of failures that opens it. */
    @WithDefault("0.5")
    double failureRatio();

    /** How long it stays open before one request tries again. */
    @WithDefault("5S")
    Duration delay();
  }
}
