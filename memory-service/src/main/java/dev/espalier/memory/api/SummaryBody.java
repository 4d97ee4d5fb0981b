package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.memory.core.summary.CompactSummary;
import dev.espalier.memory.core.summary.Sentence;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Summaries on the wire. */
final class SummaryBody {

  private SummaryBody() {}

  /** One summary, with the turns that each of its sentences comes from. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Summary")
  record One(
      int level,
      long firstSeq,
      long lastSeq,
      int version,
      String method,
      @Nullable String degraded,
      boolean provisional,
      Instant createdAt,
      @Nullable Instant supersededAt,
      String headline,
      String body,
      List<Sentence> sentences,
      List<Long> sourceSeqs) {

    static One of(CompactSummary summary) {
      return new One(
          summary.level(),
          summary.firstSeq(),
          summary.lastSeq(),
          summary.version(),
          summary.method(),
          summary.degraded(),
          summary.isProvisional(),
          summary.createdAt(),
          summary.supersededAt(),
          summary.summary().headlineText(),
          summary.summary().bodyText(),
          summary.summary().body(),
          summary.summary().body().stream()
              .flatMap(sentence -> sentence.seqs().stream())
              .distinct()
              .sorted()
              .toList());
    }
  }

  /** Several, level 1 first, by the turns they cover. */
  @Schema(name = "SummaryList")
  record Many(List<One> summaries) {

    static Many of(List<CompactSummary> summaries) {
      return new Many(summaries.stream().map(One::of).toList());
    }
  }
}
