package dev.espalier.memory.ops;

import dev.espalier.memory.core.VectorIndex;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how vectors are searched; whether the database answers is a check of its own. */
@Readiness
@ApplicationScoped
class VectorSearchCheck implements HealthCheck {

  private final VectorIndex vectors;

  VectorSearchCheck(VectorIndex vectors) {
    this.vectors = vectors;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("vector search")
        .up()
        .withData("search", vectors.name())
        .build();
  }
}
