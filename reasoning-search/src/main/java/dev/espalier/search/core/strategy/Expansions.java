package dev.espalier.search.core.strategy;

import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Expands nodes, several at a time: samples, groups, looks for the same state elsewhere, and scores
 * the representatives of what is left. So a scorer never sees a step that was merged away; the
 * reference scores all and merges afterwards.
 */
final class Expansions {

  /** Which children are scored. */
  enum Scored {
    ALL,
    TERMINALS
  }

  private record Repeat(Node node, Node of) {}

  private static final class Work {
    final Node node;
    final int samples;
    final List<Repeat> unconfirmed = new ArrayList<>();
    boolean hasFailed;

    Work(Node node, int samples) {
      this.node = node;
      this.samples = samples;
    }
  }

  private final SearchTree tree;
  private final SearchSpec spec;
  private final Scored scored;
  private final Optional<Transpositions> transpositions;
  private final Map<Integer, Work> works = new LinkedHashMap<>();
  private final Map<Integer, Work> asked = new HashMap<>();
  private final Map<Integer, Repeat> confirmations = new HashMap<>();
  private final Map<Integer, List<Node>> toScore = new HashMap<>();
  private int nextNeed;

  Expansions(SearchTree tree, SearchSpec spec, Scored scored) {
    this.tree = tree;
    this.spec = spec;
    this.scored = scored;
    this.transpositions =
        spec.pruning().hasTranspositions()
            ? Optional.of(new Transpositions(tree))
            : Optional.empty();
  }

  /** Begins with a node, or goes on where its expansion failed. */
  void start(Node node, int samples) {
    works.put(node.id(), new Work(node, samples));
  }

  /** What the nodes wait for; empty when each is expanded or has failed. */
  List<Need> next() {
    if (!asked.isEmpty()) {
      throw new IllegalStateException("needs without an answer: " + asked.keySet());
    }
    List<Need> needs = new ArrayList<>();
    for (Work work : works.values()) {
      if (!work.hasFailed) {
        addNeeds(work, needs);
      }
    }
    if (needs.isEmpty()) {
      works.clear();
    }
    return needs;
  }

  private void addNeeds(Work work, List<Need> needs) {
    switch (work.node.stage()) {
      case LEAF -> needs.add(propose(work));
      case PROPOSED -> needs.add(group(work));
      case GROUPED -> {
        if (!work.unconfirmed.isEmpty()) {
          work.unconfirmed.forEach(repeat -> needs.add(confirm(work, repeat)));
          work.unconfirmed.clear();
        } else {
          score(work).ifPresentOrElse(needs::add, () -> tree.expand(work.node));
        }
      }
      case EXPANDED -> {}
    }
  }

  private Need propose(Work work) {
    int id = ask(work);
    return new Need.Propose(
        id,
        work.node.id(),
        tree.steps(work.node),
        tree.members(work.node),
        work.samples,
        Seeds.of(spec.seed(), id));
  }

  private Need group(Work work) {
    return new Need.Group(ask(work), work.node.id(), tree.steps(work.node), work.node.candidates());
  }

  private Need confirm(Work work, Repeat repeat) {
    Transpositions table = transpositions.orElseThrow();
    int id = ask(work);
    confirmations.put(id, repeat);
    int shared = table.shared(repeat.of(), repeat.node());
    return new Need.Group(
        id,
        repeat.node().id(),
        tree.steps(repeat.node()).subList(0, shared),
        List.of(
            table.continuation(repeat.of(), shared), table.continuation(repeat.node(), shared)));
  }

  private Optional<Need> score(Work work) {
    List<Node> children = new ArrayList<>();
    for (Node child : tree.children(work.node)) {
      if (!child.isScored()
          && child.sameAs().isEmpty()
          && (scored == Scored.ALL || tree.isTerminal(child))) {
        children.add(child);
      }
    }
    if (children.isEmpty()) {
      return Optional.empty();
    }
    int id = ask(work);
    toScore.put(id, children);
    return Optional.of(
        new Need.Score(
            id,
            work.node.id(),
            tree.steps(work.node),
            children.stream().map(tree::representative).toList(),
            children.stream().map(tree::multiplicity).toList()));
  }

  private int ask(Work work) {
    int id = nextNeed++;
    asked.put(id, work);
    return id;
  }

  void accept(Need need, Answer answer) {
    Work work = asked.remove(need.id());
    Repeat repeat = confirmations.remove(need.id());
    List<Node> children = toScore.remove(need.id());
    if (work == null) {
      throw new IllegalArgumentException("nobody asked for need " + need.id());
    }
    if (answer instanceof Answer.Failed) {
      work.hasFailed = true;
      tree.fail(work.node);
    } else if (answer instanceof Answer.Proposed proposed) {
      proposed(work, proposed.candidates());
    } else if (answer instanceof Answer.Grouped grouped && repeat != null) {
      if (grouped.grouping().classes().size() == 1) {
        tree.link(repeat.node(), repeat.of());
      }
    } else if (answer instanceof Answer.Grouped grouped) {
      grouped(work, grouped.grouping());
    } else if (answer instanceof Answer.Scored given && children != null) {
      for (int i = 0; i < children.size(); i++) {
        tree.score(children.get(i), given.scores().get(i));
      }
    } else {
      throw new IllegalArgumentException("need " + need.id() + " is not met by " + answer);
    }
  }

  private void proposed(Work work, List<Candidate> candidates) {
    tree.propose(work.node, candidates);
    if (candidates.isEmpty()) {
      tree.group(work.node, new Grouping(List.of(), null, null));
    } else if (candidates.size() == 1 && transpositions.isEmpty()) {
      StepClass single = new StepClass(0, List.of(0), null, List.of());
      tree.group(work.node, new Grouping(List.of(single), null, null));
    }
  }

  private void grouped(Work work, Grouping grouping) {
    tree.group(work.node, grouping);
    transpositions.ifPresent(
        table ->
            tree.children(work.node)
                .forEach(
                    child ->
                        table
                            .find(child)
                            .ifPresent(of -> work.unconfirmed.add(new Repeat(child, of)))));
  }
}
