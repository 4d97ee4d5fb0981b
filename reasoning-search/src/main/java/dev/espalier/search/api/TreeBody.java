package dev.espalier.search.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Evidence;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;
import dev.espalier.search.core.tree.StepClass;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A search tree on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SearchTree")
record TreeBody(
    @Schema(description = "of the whole tree") int size,
    @Schema(maxItems = 5_000) List<Step> nodes,
    @Schema(description = "where the next page begins") @Nullable Integer nextFrom) {

  static TreeBody of(SearchTree tree, int from, int limit) {
    int to = Math.min(tree.size(), from + limit);
    List<Step> page =
        from >= to
            ? List.of()
            : tree.nodes().subList(from, to).stream().map(node -> Step.of(tree, node)).toList();
    return new TreeBody(tree.size(), page, to < tree.size() ? to : null);
  }

  /** A class of equivalent steps; the root, with id 0, has no step. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SearchTreeNode")
  record Step(
      int id,
      @Nullable Integer parent,
      int depth,
      @Nullable String step,
      boolean terminal,
      @Nullable String answer,
      @Schema(description = "summed over the members, normalised over siblings") double prior,
      int visits,
      double value,
      @Nullable Double score,
      @Schema(description = "proposed, grouped, expanded, or leaf") String stage,
      @Schema(description = "the node that is explored in its stead") @Nullable Integer sameAs,
      @Schema(description = "the samples that it stands for, the representative first")
          List<String> members,
      @Schema(description = "why these samples were merged") List<Merge> merges) {

    static Step of(SearchTree tree, Node node) {
      boolean isRoot = node.parent() < 0;
      return new Step(
          node.id(),
          isRoot ? null : node.parent(),
          node.depth(),
          isRoot ? null : tree.representative(node).text(),
          tree.isTerminal(node),
          node.answer(),
          node.prior(),
          node.visits(),
          node.value(),
          node.isScored() ? node.score() : null,
          SearchBody.name(node.stage()),
          node.sameAs().isPresent() ? node.sameAs().getAsInt() : null,
          tree.members(node).stream().map(Candidate::text).toList(),
          isRoot ? List.of() : merges(tree, node));
    }

    private static List<Merge> merges(SearchTree tree, Node node) {
      List<Candidate> siblings = tree.node(node.parent()).candidates();
      StepClass stepClass = tree.stepClass(node);
      return stepClass.evidence().stream().map(evidence -> Merge.of(evidence, siblings)).toList();
    }
  }

  /** Two samples and why they say the same. */
  @Schema(name = "SearchTreeMerge")
  record Merge(
      String a, String b, double probability, String tier, String reason, List<String> claims) {

    static Merge of(Evidence evidence, List<Candidate> siblings) {
      return new Merge(
          siblings.get(evidence.a()).text(),
          siblings.get(evidence.b()).text(),
          evidence.probability(),
          evidence.tier(),
          evidence.reason(),
          evidence.claims());
    }
  }
}
