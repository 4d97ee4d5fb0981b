package dev.espalier.gateway.upstream;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.StreamResetException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** The one place that says what a failure on the way to a service means. */
final class UpstreamFailures {

  private UpstreamFailures() {}

  /** The answer to a client whose request failed so before the head of an answer came. */
  static Problem problemOf(Throwable failure) {
    if (failure instanceof ProblemException e) {
      return e.problem();
    }
    if (failure instanceof TimeoutException) {
      return Problem.of(ErrorCode.DEADLINE_EXCEEDED, "the service did not answer in time");
    }
    if (failure instanceof CircuitBreakerOpenException) {
      return Problem.of(ErrorCode.UNAVAILABLE, "the service failed too often and gets a rest");
    }
    if (failure instanceof BulkheadException || failure instanceof ConnectionPoolTooBusyException) {
      return Problem.of(ErrorCode.OVERLOADED, null);
    }
    if (isUnreachable(failure)) {
      return Problem.of(ErrorCode.UNAVAILABLE, "the service cannot be reached");
    }
    return Problem.of(ErrorCode.UPSTREAM_FAILED, "the service broke the connection");
  }

  /** Whether the service is to blame: neither the client, nor our own limits. */
  static boolean isFaultOfService(Throwable failure) {
    return !(failure instanceof ProblemException
        || failure instanceof StreamResetException
        || failure instanceof BulkheadException
        || failure instanceof ConnectionPoolTooBusyException);
  }

  /** Whether a second try may help: the service was not there or hung up, at once. */
  static boolean isWorthAnotherTry(Throwable failure) {
    return isFaultOfService(failure)
        && !(failure instanceof TimeoutException)
        && !(failure instanceof CircuitBreakerOpenException);
  }

  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException;
  }
}
