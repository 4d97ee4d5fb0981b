package dev.espalier.gateway.compat.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ties a session's id to the tenant whose key began it, without a table of sessions: the id that a
 * client sees carries a signature over both. Its secret lives as long as the sessions do, which is
 * as long as the process.
 */
final class SessionSeal {

  private static final String ALGORITHM = "HmacSHA256";
  private static final char SEPARATOR = '.';

  private final SecretKeySpec secret;

  SessionSeal(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    secret = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** The id as the client gets it. */
  String seal(String tenant, String session) {
    return session
        + SEPARATOR
        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature(tenant, session));
  }

  /** The session's own id, if this tenant was given it. */
  Optional<String> open(String tenant, String sealed) {
    int at = sealed.lastIndexOf(SEPARATOR);
    if (at < 0) {
      return Optional.empty();
    }
    String session = sealed.substring(0, at);
    byte[] sent = sealed.getBytes(UTF_8);
    byte[] right = seal(tenant, session).getBytes(UTF_8);
    return MessageDigest.isEqual(sent, right) ? Optional.of(session) : Optional.empty();
  }

  private byte[] signature(String tenant, String session) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      // A tenant's name has no space, so no other pair gives the same bytes.
      return mac.doFinal((tenant + " " + session).getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has " + ALGORITHM, e);
    }
  }
}
