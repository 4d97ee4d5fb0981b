package dev.espalier.search.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.core.run.Reevaluation;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a stored search would have been with another threshold. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Reevaluation")
record ReevaluationBody(
    double threshold,
    @Nullable String detector,
    int groupsMerged,
    int stepsMerged,
    @Schema(description = "expansions that were made, and would not have been")
        int expansionsSpared,
    @Schema(description = "expansions that were not made, and would have been")
        int expansionsNeeded,
    long tokensSpared,
    @Schema(description = "expansions that the detector did not group") int degradedExpansions,
    @Nullable String answer,
    List<SearchBody.Vote> answers) {

  static ReevaluationBody of(double threshold, Reevaluation again) {
    return new ReevaluationBody(
        threshold,
        again.detector().orElse(null),
        again.groupsMerged(),
        again.stepsMerged(),
        again.expansionsSpared(),
        again.expansionsNeeded(),
        again.spared().total(),
        again.degraded(),
        again.answer().orElse(null),
        again.answers().stream()
            .filter(vote -> vote.weight() > 0)
            .map(vote -> new SearchBody.Vote(vote.answer(), vote.weight()))
            .toList());
  }

  /** Which threshold. */
  @Schema(name = "ReevaluationRequest", additionalProperties = Schema.False.class)
  record Request(@NotNull @DecimalMin("0") @DecimalMax("1") Double threshold) {}
}
