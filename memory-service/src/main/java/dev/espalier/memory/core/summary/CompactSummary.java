package dev.espalier.memory.core.summary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A summary and where it comes from.
 *
 * @param level 1 of a segment's turns, 2 of the conversation's summaries of level 1
 * @param firstSeq the first turn that it covers
 * @param lastSeq the last one
 * @param version from 1; a higher one of the same stretch supersedes it
 * @param method how it was made
 * @param degraded why a better method was not used, or null
 * @param isProvisional whether it covers turns of the open segment, and will change
 * @param supersededAt since when another one stands in its place, or null
 */
public record CompactSummary(
    int level,
    long firstSeq,
    long lastSeq,
    int version,
    String method,
    @Nullable String degraded,
    boolean isProvisional,
    Instant createdAt,
    @Nullable Instant supersededAt,
    Summary summary) {

  public static final String EXTRACTIVE = "extractive-cover-1";

  CompactSummary next(Summary again, String how, @Nullable String why, Instant now) {
    return new CompactSummary(
        level, firstSeq, lastSeq, version + 1, how, why, isProvisional, now, null, again);
  }
}
