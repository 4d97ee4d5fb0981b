package dev.espalier.equivalence.api;

import dev.espalier.equivalence.artefact.DetectorArtefact;
import dev.espalier.equivalence.core.EquivalenceDetector;
import dev.espalier.equivalence.core.EquivalenceDetector.Grouped;
import dev.espalier.equivalence.core.EquivalenceDetector.Pair;
import dev.espalier.equivalence.core.EquivalenceDetector.PairVerdicts;
import dev.espalier.equivalence.core.compare.PairJudge;
import dev.espalier.equivalence.core.group.Candidate;
import dev.espalier.equivalence.ops.DetectorMetrics;
import dev.espalier.equivalence.upstream.LlmJudge;
import dev.espalier.protocol.CurrentRequest;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Decides which reasoning steps say the same. */
@Path("/v1/equivalence")
@Blocking
public class EquivalenceResource {

  private final EquivalenceDetector detector;
  private final DetectorArtefact artefact;
  private final LlmJudge judge;
  private final DetectorMetrics metrics;
  private final CurrentRequest current;

  EquivalenceResource(
      EquivalenceDetector detector,
      DetectorArtefact artefact,
      LlmJudge judge,
      DetectorMetrics metrics,
      CurrentRequest current) {
    this.detector = detector;
    this.artefact = artefact;
    this.judge = judge;
    this.metrics = metrics;
    this.current = current;
  }

  @POST
  @Path("/groups")
  @Operation(summary = "Sort candidate steps into groups of equivalent ones")
  public GroupsResponse groups(@NotNull @Valid GroupsRequest request) {
    Limits.check(request);
    double threshold = threshold(request.threshold());
    boolean asksJudge = Boolean.TRUE.equals(request.judge());
    Optional<PairJudge> asked =
        asksJudge && judge.isEnabled() ? Optional.of(judge) : Optional.empty();
    Grouped grouped =
        metrics.timed(
            "groups",
            () ->
                detector
                    .checking(this::checkDeadline)
                    .group(
                        Objects.requireNonNullElse(request.problem(), ""),
                        Objects.requireNonNullElse(request.prefix(), List.of()),
                        request.steps().stream().map(EquivalenceResource::candidate).toList(),
                        threshold,
                        asked));
    metrics.count(grouped.verdicts(), grouped.encoderCalls(), grouped.usage());
    String degraded = asksJudge && !judge.isEnabled() ? "judge_not_configured" : null;
    return GroupsResponse.of(grouped, body(threshold), degraded);
  }

  @POST
  @Path("/pairs")
  @Operation(summary = "Decide pairs of steps")
  public PairsResponse pairs(@NotNull @Valid PairsRequest request) {
    Limits.check(request);
    double threshold = threshold(request.threshold());
    List<Pair> pairs = new ArrayList<>();
    for (PairsRequest.PairBody pair : request.pairs()) {
      pairs.add(
          new Pair(
              Objects.requireNonNullElse(pair.id(), Integer.toString(pairs.size())),
              Objects.requireNonNullElse(pair.problem(), ""),
              Objects.requireNonNullElse(pair.prefix(), List.of()),
              pair.a(),
              pair.b()));
    }
    PairVerdicts decided =
        metrics.timed(
            "pairs", () -> detector.checking(this::checkDeadline).compare(pairs, threshold));
    metrics.count(decided.verdicts(), decided.encoderCalls(), PairJudge.Usage.NONE);
    List<PairsResponse.Result> results = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      results.add(PairsResponse.Result.of(pairs.get(i).id(), decided.verdicts().get(i)));
    }
    return new PairsResponse(results, body(threshold));
  }

  @GET
  @Path("/detector")
  @Operation(summary = "The detector's provenance and measured quality")
  public DetectorArtefact detector() {
    return artefact;
  }

  /** Nobody waits for an answer any more: stop working on it. */
  private void checkDeadline() {
    if (current.context().isExpired(Instant.now())) {
      throw new ProblemException(Problem.of(ErrorCode.DEADLINE_EXCEEDED, null));
    }
  }

  private double threshold(@Nullable Double asked) {
    return asked == null ? detector.defaultThreshold() : asked;
  }

  private DetectorBody body(double threshold) {
    return new DetectorBody(artefact.name(), artefact.version(), threshold);
  }

  private static Candidate candidate(GroupsRequest.Step step) {
    return new Candidate(
        step.id(),
        step.text(),
        Optional.ofNullable(step.logProbability()),
        Boolean.TRUE.equals(step.terminal()),
        Objects.requireNonNullElse(step.multiplicity(), 1));
  }
}
