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

/** Finds out whose key stands in {@code Authorization: Bearer <key>}; {@code Token} is the same. */
@Singleton
final class Authentication {

  private static final List<String> SCHEMES = List.of("Bearer ", "Token ");

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
    String key = sent.size() == 1 ? credential(sent.get(0)) : "";
    if (key.isEmpty()) {
      throw new ProblemException(
          Problem.of(ErrorCode.KEY_MISSING, "send one header Authorization: Bearer <key>"));
    }
    return keys.callerOf(key)
        .orElseThrow(() -> new ProblemException(Problem.of(ErrorCode.KEY_REFUSED, null)));
  }

  /** What follows a scheme that we know; nothing after another. */
  private static String credential(String authorization) {
    return SCHEMES.stream()
        .filter(scheme -> authorization.regionMatches(true, 0, scheme, 0, scheme.length()))
        .findFirst()
        .map(scheme -> authorization.substring(scheme.length()).strip())
        .orElse("");
  }
}
