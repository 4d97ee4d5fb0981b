package dev.espalier.gateway.ops;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether this installation has a database: the data source is off when it has no address. */
@Singleton
public final class DatabaseSwitch {

  private final boolean isOn;

  @Inject
  DatabaseSwitch(
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> url,
      @ConfigProperty(name = "quarkus.datasource.active") Optional<Boolean> isActive) {
    this.isOn = url.isPresent() && isActive.orElse(true);
  }

  public boolean isOn() {
    return isOn;
  }
}
