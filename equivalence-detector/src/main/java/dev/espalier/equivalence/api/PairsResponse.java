package dev.espalier.equivalence.api;

import dev.espalier.equivalence.core.compare.Verdict;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One result per pair, in their order. */
public record PairsResponse(
    @Schema(maxItems = Limits.MAX_PAIRS) List<Result> results, DetectorBody detector) {

  /**
   * The decision on a pair.
   *
   * @param id of the pair, or its index where it has none
   */
  public record Result(
      String id, boolean equivalent, double probability, String tier, Evidence evidence) {

    static Result of(String id, Verdict verdict) {
      return new Result(
          id,
          verdict.isEquivalent(),
          verdict.roundedProbability(),
          verdict.tier().code(),
          new Evidence(verdict.claims(), verdict.reason()));
    }
  }

  /** What both steps claim, and why the decision fell so. */
  public record Evidence(List<String> claims, String reason) {}
}
