package dev.espalier.equivalence.api;

import dev.espalier.equivalence.core.EquivalenceDetector.Grouped;
import dev.espalier.equivalence.core.compare.PairJudge;
import dev.espalier.equivalence.core.compare.Verdict;
import dev.espalier.equivalence.core.group.Group;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The groups, largest first.
 *
 * @param degraded whether something that was asked for could not be had
 * @param degradedReason what, such as {@code judge_unavailable}
 */
public record GroupsResponse(
    @Schema(maxItems = Limits.MAX_STEPS) List<GroupBody> groups,
    DetectorBody detector,
    boolean degraded,
    @Nullable String degradedReason,
    UsageBody usage) {

  /** A group; see the core's {@link Group}. */
  public record GroupBody(
      String representative,
      @Schema(maxItems = Limits.MAX_STEPS) List<String> members,
      int multiplicity,
      @Nullable Double logProbability,
      String signature,
      List<EvidenceBody> evidence) {

    static GroupBody of(Group group) {
      return new GroupBody(
          group.representative(),
          group.members(),
          group.multiplicity(),
          group.logProbability().orElse(null),
          group.signature(),
          group.evidence().stream().map(e -> EvidenceBody.of(e.a(), e.b(), e.verdict())).toList());
    }
  }

  /**
   * Why two members are equivalent.
   *
   * @param claims that both make
   */
  public record EvidenceBody(
      String a,
      String b,
      boolean equivalent,
      double probability,
      String tier,
      List<String> claims,
      String reason) {

    static EvidenceBody of(String a, String b, Verdict verdict) {
      return new EvidenceBody(
          a,
          b,
          verdict.isEquivalent(),
          verdict.roundedProbability(),
          verdict.tier().code(),
          verdict.claims(),
          verdict.reason());
    }
  }

  /** Tokens spent on the judge, charged to the caller. */
  public record UsageBody(
      int judgeCalls, int promptTokens, int completionTokens, boolean estimated) {

    static UsageBody of(PairJudge.Usage usage) {
      return new UsageBody(
          usage.calls(), usage.promptTokens(), usage.completionTokens(), usage.isEstimated());
    }
  }

  static GroupsResponse of(Grouped grouped, DetectorBody detector, @Nullable String degraded) {
    String reason = grouped.judgeFailure().orElse(degraded);
    return new GroupsResponse(
        grouped.groups().stream().map(GroupBody::of).toList(),
        detector,
        reason != null,
        reason,
        UsageBody.of(grouped.usage()));
  }
}
