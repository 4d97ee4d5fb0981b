package dev.espalier.memory.api;

import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemMapper;
import jakarta.ws.rs.ext.Provider;

/** A request that nothing but a model could answer. */
@Provider
public class ModelProblems extends ProblemMapper<ModelUnavailableException> {

  @Override
  protected Problem problemOf(ModelUnavailableException failure) {
    return Problem.of(ErrorCode.UNAVAILABLE, failure.getMessage());
  }
}
