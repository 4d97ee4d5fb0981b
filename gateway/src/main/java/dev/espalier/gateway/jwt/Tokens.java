package dev.espalier.gateway.jwt;

import dev.espalier.gateway.core.access.Admittance;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.protocol.RequestContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens of an issuer: signed with RS256 or ES256, for us, and not over.
 *
 * <p>A signature is checked where the request is, which takes a fraction of a millisecond; the
 * issuer's keys are read in the background and kept until they could be read again.
 */
public final class Tokens {

  /**
   * What is expected of a token.
   *
   * @param tenantClaim which claim names the tenant
   * @param scopesClaim which claim names the scopes, as a list or as words
   */
  public record Expectation(
      String issuer, String audience, String tenantClaim, String scopesClaim) {}

  private static final Logger LOG = Logger.getLogger(Tokens.class);
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");
  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_.:@|/-]{1,120}");
  private static final int CLOCK_SKEW_SECONDS = 30;

  private final Expectation expectation;
  private final TokenKeys keys;
  private volatile @Nullable JwtConsumer consumer;

  Tokens(Expectation expectation, TokenKeys keys) {
    this.expectation = expectation;
    this.keys = keys;
  }

  /** Whether this looks like a token at all; keys have no dots. */
  public static boolean isToken(String credential) {
    return FORM.matcher(credential).matches();
  }

  /** Reads the issuer's keys. Blocks; when that fails, the keys read last stay. */
  public void refresh() {
    try {
      consumer =
          new JwtConsumerBuilder()
              .setVerificationKeyResolver(resolver(keys.read()))
              .setJwsAlgorithmConstraints(
                  AlgorithmConstraints.ConstraintType.PERMIT,
                  AlgorithmIdentifiers.RSA_USING_SHA256,
                  AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
              .setExpectedIssuer(expectation.issuer())
              .setExpectedAudience(expectation.audience())
              .setRequireExpirationTime()
              .setRequireSubject()
              .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
              .build();
    } catch (IOException e) {
      LOG.warnf("the keys of %s cannot be read: %s", expectation.issuer(), e.getMessage());
    }
  }

  /** A key without an id, as from a file, is for every token. */
  private static VerificationKeyResolver resolver(List<JsonWebKey> keys) {
    JsonWebKey only = keys.size() == 1 ? keys.get(0) : null;
    return only != null && only.getKeyId() == null
        ? (signature, nesting) -> only.getKey()
        : new JwksVerificationKeyResolver(keys);
  }

  /** Whose token this is. */
  public Admittance of(String token) {
    JwtConsumer current = consumer;
    if (current == null) {
      return new Admittance.Undecided();
    }
    try {
      return admitted(current.processToClaims(token));
    } catch (InvalidJwtException | MalformedClaimException e) {
      return new Admittance.Refused();
    }
  }

  private Admittance admitted(JwtClaims claims) throws MalformedClaimException {
    String tenant = claims.getStringClaimValue(expectation.tenantClaim());
    String subject = claims.getSubject();
    if (tenant == null || !RequestContext.isTenant(tenant) || !SUBJECT.matcher(subject).matches()) {
      return new Admittance.Refused();
    }
    Set<Scope> scopes = scopes(claims.getClaimValue(expectation.scopesClaim()));
    return new Admittance.Admitted(new Caller("token:" + subject, tenant, scopes));
  }

  /** Words that are no scope of ours are somebody else's. */
  private static Set<Scope> scopes(@Nullable Object claim) {
    Collection<?> words =
        claim instanceof Collection<?> list
            ? list
            : Arrays.asList(String.valueOf(claim).split(" "));
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (Object word : words) {
      Scope.named(String.valueOf(word)).filter(Scope.OF_CLIENTS::contains).ifPresent(scopes::add);
    }
    return scopes;
  }
}
