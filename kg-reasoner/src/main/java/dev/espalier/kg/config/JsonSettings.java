package dev.espalier.kg.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.protocol.StrictJson;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Applies {@link StrictJson}. */
@Singleton
public class JsonSettings implements ObjectMapperCustomizer {

  /** After the framework's own, whose module for times would win otherwise. */
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }

  @Override
  public void customize(ObjectMapper json) {
    StrictJson.configure(json);
  }
}
