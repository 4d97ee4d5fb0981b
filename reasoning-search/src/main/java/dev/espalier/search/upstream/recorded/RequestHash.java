package dev.espalier.search.upstream.recorded;

import dev.espalier.search.core.port.Need;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over what a proposal depends on: problem, steps, number of samples and seed. */
final class RequestHash {

  private RequestHash() {}

  static String of(String problem, Need.Propose need) {
    MessageDigest digest = sha256();
    update(digest, problem);
    List<String> steps = need.steps();
    update(digest, Integer.toString(steps.size()));
    steps.forEach(step -> update(digest, step));
    update(digest, Integer.toString(need.count()));
    update(digest, Long.toString(need.seed()));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** With its length, so that no two lists of texts are the same bytes. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
