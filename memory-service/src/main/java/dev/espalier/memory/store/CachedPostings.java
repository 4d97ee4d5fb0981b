package dev.espalier.memory.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.core.Postings;
import dev.espalier.memory.core.SeqSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The inverted index, of which what was asked for stays in memory. Turns are only ever appended, so
 * that what is known of a stem is added to; where older postings change, the conversation's
 * postings revision does.
 */
@ApplicationScoped
public class CachedPostings implements Postings {

  /** After a delete in another replica nothing stays longer than this. */
  private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

  private static final Stem NOWHERE = new Stem(new int[0], new int[0]);

  private final PostgresPostings rows;
  private final Cache<StemKey, KnownStem> stems;
  private final Cache<UUID, KnownLengths> lengths;

  CachedPostings(PostgresPostings rows, MemoryConfig config) {
    this.rows = rows;
    long kibibytes = config.lexical().cacheSize().asLongValue() / 1024;
    stems =
        Caffeine.newBuilder()
            .maximumWeight(kibibytes * 3 / 4)
            .expireAfterAccess(KEPT_UNUSED)
            .<StemKey, KnownStem>weigher((key, known) -> 1 + known.stem().seqs().length / 128)
            .build();
    lengths =
        Caffeine.newBuilder()
            .maximumWeight(kibibytes / 4)
            .expireAfterAccess(KEPT_UNUSED)
            .<UUID, KnownLengths>weigher((id, known) -> 1 + known.lengths().length / 128)
            .build();
  }

  @Override
  public Found find(UUID conversation, String query) {
    PostgresPostings.Head head = rows.head(conversation, query);
    if (head.lexemes().isEmpty()) {
      return new Found(List.of(), new int[0], null);
    }
    KnownLengths known = lengths(conversation, head);
    return new Found(stems(conversation, head), known.lengths(), known.silent());
  }

  @Override
  public void evict(UUID conversation) {
    lengths.invalidate(conversation);
    stems.asMap().keySet().removeIf(key -> key.conversation().equals(conversation));
  }

  private List<Stem> stems(UUID conversation, PostgresPostings.Head head) {
    Map<String, KnownStem> found = new LinkedHashMap<>();
    Map<String, Integer> incomplete = new LinkedHashMap<>();
    for (String lexeme : head.lexemes()) {
      @Nullable KnownStem known = stems.getIfPresent(new StemKey(conversation, lexeme));
      if (known == null || known.revision() != head.revision()) {
        known = new KnownStem(head.revision(), 0, NOWHERE);
      }
      found.put(lexeme, known);
      if (known.through() < head.lastSeq()) {
        incomplete.put(lexeme, known.through());
      }
    }
    if (!incomplete.isEmpty()) {
      Map<String, Stem> read = rows.read(conversation, incomplete, head.lastSeq());
      for (String lexeme : incomplete.keySet()) {
        KnownStem grown =
            found
                .getOrDefault(lexeme, new KnownStem(head.revision(), 0, NOWHERE))
                .with(read.getOrDefault(lexeme, NOWHERE), head.lastSeq());
        found.put(lexeme, grown);
        stems.put(new StemKey(conversation, lexeme), grown);
      }
    }
    List<Stem> inOrder = new ArrayList<>(found.size());
    found.values().forEach(known -> inOrder.add(known.stem()));
    return inOrder;
  }

  private KnownLengths lengths(UUID conversation, PostgresPostings.Head head) {
    @Nullable KnownLengths known = lengths.getIfPresent(conversation);
    if (known == null || known.revision() != head.revision()) {
      known = new KnownLengths(head.revision(), new int[0], rows.silent(conversation));
    } else if (known.lengths().length >= head.lastSeq()) {
      return known;
    }
    // The newest window grows with the turn that follows it.
    int from = Math.max(1, known.lengths().length);
    int[] newer = rows.windowLengths(conversation, from, head.lastSeq());
    int[] all = Arrays.copyOf(known.lengths(), from - 1 + newer.length);
    System.arraycopy(newer, 0, all, from - 1, newer.length);
    KnownLengths grown = new KnownLengths(head.revision(), all, known.silent());
    lengths.put(conversation, grown);
    return grown;
  }

  private record StemKey(UUID conversation, String lexeme) {}

  /**
   * A stem's postings.
   *
   * @param through all turns up to here are looked through
   */
  private record KnownStem(long revision, int through, Stem stem) {

    KnownStem with(Stem later, int newThrough) {
      return new KnownStem(
          revision,
          newThrough,
          new Stem(
              joined(stem.seqs(), later.seqs()), joined(stem.occurrences(), later.occurrences())));
    }

    private static int[] joined(int[] first, int[] second) {
      int[] all = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, all, first.length, second.length);
      return all;
    }
  }

  /** The lengths of all windows, and the turns that are not searched. */
  private record KnownLengths(long revision, int[] lengths, @Nullable SeqSet silent) {}
}
