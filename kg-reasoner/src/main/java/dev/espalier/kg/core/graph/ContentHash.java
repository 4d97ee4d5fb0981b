package dev.espalier.kg.core.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A digest of a graph's triples that depends on neither ids nor order. */
/*
 * Each triple's names are hashed alone, and the hashes (SHA-256, read as four 64-bit lanes) are
 * added up modulo 2^64 per lane, then digested: order-free and O(triples). It
 * tells snapshots apart; it is no defence against somebody who searches for a collision.
 */
final class ContentHash {

  private ContentHash() {}

  static String of(KnowledgeGraph graph) {
    byte[][] entities = digests(graph.entities());
    byte[][] relations = digests(graph.relations());
    long[] sums = new long[4];
    MessageDigest sha = sha256();
    graph.forEachTriple(
        (h, r, t) -> {
          sha.update(entities[h]);
          sha.update(relations[r]);
          sha.update(entities[t]);
          ByteBuffer digest = ByteBuffer.wrap(sha.digest());
          for (int i = 0; i < sums.length; i++) {
            sums[i] += digest.getLong();
          }
        });
    ByteBuffer all = ByteBuffer.allocate(5 * Long.BYTES).putLong(graph.tripleCount());
    for (long sum : sums) {
      all.putLong(sum);
    }
    return HexFormat.of().formatHex(sha.digest(all.array()));
  }

  private static byte[][] digests(Names names) {
    MessageDigest sha = sha256();
    byte[][] digests = new byte[names.size()][];
    for (int i = 0; i < digests.length; i++) {
      byte[] digest = sha.digest(names.name(i).getBytes(StandardCharsets.UTF_8));
      digests[i] = Arrays.copyOf(digest, 16);
    }
    return digests;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
