package dev.espalier.gateway.api;

import dev.espalier.gateway.core.KeyHeaders;
import dev.espalier.gateway.core.access.Access;
import dev.espalier.gateway.core.access.Admittance;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.jwt.ConfiguredTokens;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out whose key a request carries: in {@code Authorization: Bearer <key>}, or {@code Token}
 * in place of {@code Bearer}, or in {@code X-API-Key} or {@code API-Key}. A token of the configured
 * issuer stands for a key.
 */
@Singleton
final class Authentication {

  private static final String HINT = "send one header Authorization: Bearer <key>";
  private static final List<String> SCHEMES = List.of("Bearer ", "Token ");

  private final Access access;
  private final ConfiguredTokens tokens;

  @Inject
  Authentication(Access access, ConfiguredTokens tokens) {
    this.access = access;
    this.tokens = tokens;
  }

  /**
   * @throws ProblemException {@code auth.key_missing}, {@code auth.key_refused}, {@code
   *     auth.tenant_suspended}, {@code database.unavailable}
   */
  Caller callerOf(MultiMap headers) {
    Admittance admittance = admittance(keyIn(headers));
    if (admittance instanceof Admittance.Admitted admitted) {
      return admitted.caller();
    }
    if (admittance instanceof Admittance.Suspended) {
      throw new ProblemException(GatewayProblems.tenantSuspended());
    }
    throw new ProblemException(
        admittance instanceof Admittance.Undecided
            ? Problem.of(
                ErrorCode.DATABASE_UNAVAILABLE, "the key or its issuer cannot be looked up now")
            : Problem.of(ErrorCode.KEY_REFUSED, null));
  }

  private Admittance admittance(String credential) {
    Admittance ofToken = tokens.of(credential).orElse(null);
    if (ofToken == null) {
      return access.of(credential);
    }
    return ofToken instanceof Admittance.Admitted admitted
        ? access.unlessSuspended(admitted.caller())
        : ofToken;
  }

  private static String keyIn(MultiMap headers) {
    List<String> keys = new ArrayList<>();
    headers.getAll(HttpHeaders.AUTHORIZATION).forEach(value -> keys.add(credential(value)));
    KeyHeaders.NAMES.forEach(name -> keys.addAll(headers.getAll(name)));
    if (keys.size() != 1 || keys.get(0).isBlank()) {
      throw new ProblemException(Problem.of(ErrorCode.KEY_MISSING, HINT));
    }
    return keys.get(0).strip();
  }

  /** What follows a scheme that we know; nothing after another. */
  private static String credential(String authorization) {
    return SCHEMES.stream()
        .filter(scheme -> authorization.regionMatches(true, 0, scheme, 0, scheme.length()))
        .findFirst()
        .map(scheme -> authorization.substring(scheme.length()))
        .orElse("");
  }
}
