package dev.espalier.kg.api;

import dev.espalier.persistence.ReusedKeyException;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** An idempotency key that came back with another request. */
@Provider
public class ReusedKeyProblem extends ProblemMapper<ReusedKeyException> {

  @Override
  protected Problem problemOf(ReusedKeyException failure) {
    return new Problem(
        422,
        "kg.idempotency_key_reused",
        "The idempotency key is taken",
        failure.getMessage(),
        false,
        Map.of());
  }
}
