package dev.espalier.gateway.core.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A managed key as its owner holds it: {@code esp_<id>_<secret>}.
 *
 * <p>The id is no secret: it finds the one record to compare with, so that nothing about the secret
 * can be learned from how long the search takes. The secret is 256 random bits, too many to guess
 * with any number of tries, which is why one round of SHA-256 is enough to keep it: a slow hash
 * protects passwords that people choose, and would cost a request more than all else we do.
 */
public final class KeyText {

  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile(
          "esp_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[A-Za-z0-9_-]{43}");

  private KeyText() {}

  public static String create(UUID id, SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return "esp_"
        + id.toString().replace("-", "")
        + "_"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** The id in a key of this form. */
  static Optional<UUID> idOf(String presented) {
    Matcher form = FORM.matcher(presented);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        UUID.fromString(
            String.join(
                "-", form.group(1), form.group(2), form.group(3), form.group(4), form.group(5))));
  }
}
