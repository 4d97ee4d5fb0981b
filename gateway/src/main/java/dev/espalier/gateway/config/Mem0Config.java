package dev.espalier.gateway.config;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What an operator can set for clients of mem0. */
@ConfigMapping(prefix = "espalier.gateway.mem0")
public interface Mem0Config {

  /** The chat model that extracts facts; without one what was said is stored as it is. */
  Optional<String> model();
}
