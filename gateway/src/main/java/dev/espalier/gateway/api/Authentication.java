package dev.espalier.gateway.api;

import dev.espalier.gateway.core.KeyRing;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds out whose key stands in {@code Authorization: Bearer <key>}. */
@Singleton
final class Authentication {

  private static final String SCHEME = "Bearer ";

  private final KeyRing keys;

  @Inject
  Authentication(KeyRing keys) {
    this.keys = keys;
  }

  /**
   * @throws ProblemException {@code auth.key_missing}, {@code auth.key_refused}
   */
  Caller callerOf(MultiMap headers) {
    List<String> sent = headers.getAll(HttpHeaders.AUTHORIZATION);
    if (sent.size() != 1 || !sent.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new ProblemException(
          Problem.of(ErrorCode.KEY_MISSING, "send one header Authorization: Bearer <key>"));
    }
    return keys.callerOf(sent.get(0).substring(SCHEME.length()).strip())
        .orElseThrow(() -> new ProblemException(Problem.of(ErrorCode.KEY_REFUSED, null)));
  }
}
