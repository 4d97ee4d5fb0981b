package dev.espalier.gateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator can set for agents that speak MCP. */
@ConfigMapping(prefix = "espalier.gateway.mcp")
public interface McpConfig {

  /** The names that clients may address the gateway by; {@code *} allows all. */
  @WithDefault("localhost,127.0.0.1,[::1]")
  List<String> allowedHosts();

  /** The origins of web pages that may call, beside those on an allowed host. */
  Optional<List<String>> allowedOrigins();

  /** How many sessions a tenant may have at a time, in each replica. */
  @WithDefault("1000")
  int maxSessions();

  /** How long a tool may take; a client may ask for less. */
  @WithDefault("60S")
  Duration toolTimeout();

  /** How long a reasoning search may take before it ends with its best answer so far. */
  @WithDefault("10M")
  Duration searchTimeout();
}
