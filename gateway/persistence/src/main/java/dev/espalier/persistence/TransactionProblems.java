package dev.espalier.persistence;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemMapper;
import jakarta.ws.rs.ext.Provider;

/** Gives each reason its code and status. */
@Provider
public class TransactionProblems extends ProblemMapper<TransactionFailure> {

  @Override
  protected Problem problemOf(TransactionFailure failure) {
    ErrorCode code =
        switch (failure.reason()) {
          case DATABASE_READ_ONLY -> ErrorCode.DATABASE_READ_ONLY;
          case DATABASE_UNAVAILABLE -> ErrorCode.DATABASE_UNAVAILABLE;
          case DEADLINE_EXCEEDED -> ErrorCode.DEADLINE_EXCEEDED;
        };
    return Problem.of(code, failure.getMessage());
  }
}
