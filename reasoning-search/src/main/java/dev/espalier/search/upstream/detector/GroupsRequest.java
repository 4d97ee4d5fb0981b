package dev.espalier.search.upstream.detector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.espalier.search.core.tree.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code POST /v1/equivalence/groups} takes; a step's id is its index. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record GroupsRequest(
    String problem,
    List<String> prefix,
    List<Step> steps,
    @Nullable Double threshold,
    boolean judge) {

  /** One candidate. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Step(String id, String text, @Nullable Double logProbability, boolean terminal) {

    static Step of(int index, Candidate candidate) {
      return new Step(
          Integer.toString(index),
          candidate.text(),
          candidate.logProbability(),
          candidate.isTerminal());
    }
  }
}
