package dev.espalier.gateway.jwt;

import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.core.access.Admittance;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The tokens of the issuer that the configuration names, if it names one. */
@Singleton
public final class ConfiguredTokens {

  private static final String PREFIX = "espalier.gateway.jwt.";

  private final @Nullable Tokens tokens;
  private final Duration refreshEvery;
  private @Nullable ScheduledExecutorService thread;

  @Inject
  ConfiguredTokens(GatewayConfig config) {
    this.tokens = tokens(config.jwt());
    this.refreshEvery = config.jwt().refreshEvery();
  }

  /** Whose token this is; empty if it is none, or none are taken. */
  public Optional<Admittance> of(String credential) {
    return tokens != null && Tokens.isToken(credential)
        ? Optional.of(tokens.of(credential))
        : Optional.empty();
  }

  void start(@Observes StartupEvent event) {
    if (tokens == null) {
      return;
    }
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread reader = new Thread(task, "token-keys");
              reader.setDaemon(true);
              return reader;
            });
    thread.scheduleWithFixedDelay(
        tokens::refresh, 0, refreshEvery.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    if (thread != null) {
      thread.shutdownNow();
    }
  }

  private static @Nullable Tokens tokens(GatewayConfig.TokenIssuer jwt) {
    if (jwt.issuer().isEmpty()) {
      return null;
    }
    String audience =
        jwt.audience()
            .orElseThrow(() -> new ConfigurationException(PREFIX + "audience: is missing"));
    if (jwt.jwksUrl().isPresent() == jwt.publicKeyFile().isPresent()) {
      throw new ConfigurationException(
          PREFIX + "jwks-url: one of it and public-key-file is needed");
    }
    if (jwt.refreshEvery().toMillis() < 1) {
      throw new ConfigurationException(PREFIX + "refresh-every: must be positive");
    }
    Tokens.Expectation expectation =
        new Tokens.Expectation(jwt.issuer().get(), audience, jwt.tenantClaim(), jwt.scopesClaim());
    try {
      return new Tokens(
          expectation,
          jwt.jwksUrl()
              .map(url -> TokenKeys.ofUrl(URI.create(url)))
              .orElseGet(() -> TokenKeys.ofFile(Path.of(jwt.publicKeyFile().orElseThrow()))));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(PREFIX + e.getMessage(), e);
    }
  }
}
