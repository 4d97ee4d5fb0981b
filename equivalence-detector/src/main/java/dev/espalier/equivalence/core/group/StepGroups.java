package dev.espalier.equivalence.core.group;

import dev.espalier.equivalence.core.claims.Givens;
import dev.espalier.equivalence.core.claims.StepReading;
import dev.espalier.equivalence.core.compare.PairJudge;
import dev.espalier.equivalence.core.compare.Tier;
import dev.espalier.equivalence.core.compare.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Groups the candidates of one batch: compares their nodes, lets a judge decide what is undecided,
 * and links what is left. One instance serves one batch.
 */
public final class StepGroups {

  /** Which member stands for a group: seen most often, most probable, shortest. */
  private static final Comparator<Candidate> REPRESENTATIVE_FIRST =
      Comparator.comparingInt((Candidate c) -> -c.multiplicity())
          .thenComparingDouble(c -> -c.logProbability().orElse(Double.NEGATIVE_INFINITY))
          .thenComparingInt(c -> c.text().length())
          .thenComparing(Candidate::text)
          .thenComparing(Candidate::id);

  /** A judge's level from which on a pair counts as equivalent. */
  private static final int EQUIVALENT_LEVEL = 4;

  /** Compares two readings. */
  @FunctionalInterface
  public interface Compare {
    Verdict compare(StepReading a, StepReading b);
  }

  private record Slot(int a, int b) {}

  private final List<Node> nodes;
  private final Verdict[][] verdicts;
  private final List<Slot> undecided = new ArrayList<>();

  public StepGroups(List<Candidate> candidates, Givens givens, Compare compare) {
    this.nodes = Node.of(candidates, givens);
    this.verdicts = new Verdict[nodes.size()][nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      StepReading a = nodes.get(i).reading();
      for (int j = i + 1; j < nodes.size(); j++) {
        StepReading b = nodes.get(j).reading();
        Verdict verdict =
            endings(nodes.get(i), nodes.get(j)).orElseGet(() -> compare.compare(a, b));
        verdicts[i][j] = verdict;
        if (verdict.tier() == Tier.UNDECIDED) {
          undecided.add(new Slot(i, j));
        }
      }
    }
  }

  /** The pairs that are undecided, as questions to a judge. */
  public List<PairJudge.Question> undecided(String problem, List<String> prefix) {
    return undecided.stream()
        .map(slot -> new PairJudge.Question(problem, prefix, text(slot.a()), text(slot.b())))
        .toList();
  }

  /** Takes over a judge's levels, in the order of the questions; pairs without one stay apart. */
  public void judged(List<Optional<Integer>> levels) {
    for (int i = 0; i < Math.min(levels.size(), undecided.size()); i++) {
      Slot slot = undecided.get(i);
      levels
          .get(i)
          .ifPresent(
              level ->
                  verdicts[slot.a()][slot.b()] =
                      new Verdict(
                          level >= EQUIVALENT_LEVEL,
                          (level - 0.5) / 5,
                          Tier.JUDGE,
                          "judged_" + level,
                          List.of()));
    }
  }

  /** Every verdict, for counting. */
  public List<Verdict> verdicts() {
    List<Verdict> all = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        all.add(verdicts[i][j]);
      }
    }
    return all;
  }

  /** The groups, those with the highest multiplicity first. */
  public List<Group> groups(String problem, List<String> prefix) {
    List<CompleteLinkage.Edge> edges = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        if (verdicts[i][j].isEquivalent()) {
          edges.add(new CompleteLinkage.Edge(i, j, verdicts[i][j].probability()));
        }
      }
    }
    StateSignature signature = new StateSignature(problem, prefix);
    return CompleteLinkage.clusters(nodes.size(), edges).stream()
        .map(cluster -> group(cluster, signature))
        .sorted(Comparator.comparingInt((Group g) -> -g.multiplicity()))
        .toList();
  }

  private Group group(List<Integer> cluster, StateSignature signature) {
    record Member(Candidate candidate, int node) {}
    List<Member> members = new ArrayList<>();
    cluster.forEach(n -> nodes.get(n).members().forEach(c -> members.add(new Member(c, n))));
    members.sort(Comparator.comparing(Member::candidate, REPRESENTATIVE_FIRST));
    Member first = members.get(0);
    List<Group.Evidence> evidence =
        members.stream()
            .skip(1)
            .map(
                m ->
                    new Group.Evidence(
                        first.candidate().id(),
                        m.candidate().id(),
                        verdict(first.node(), m.node())))
            .toList();
    return new Group(
        first.candidate().id(),
        members.stream().map(m -> m.candidate().id()).toList(),
        members.stream().mapToInt(m -> m.candidate().multiplicity()).reduce(0, Math::addExact),
        members.stream()
            .map(Member::candidate)
            .flatMap(c -> c.logProbability().stream())
            .sorted()
            .reduce(LOG_SUM),
        signature.after(first.candidate().text()),
        evidence);
  }

  private static final BinaryOperator<Double> LOG_SUM =
      (x, y) -> {
        double high = Math.max(x, y);
        return high == Double.NEGATIVE_INFINITY
            ? high
            : high + Math.log1p(Math.exp(Math.min(x, y) - high));
      };

  private Verdict verdict(int a, int b) {
    return a == b
        ? new Verdict(true, 1, Tier.CANONICAL, "same_text", List.of())
        : verdicts[Math.min(a, b)][Math.max(a, b)];
  }

  /** A step that ends the reasoning joins none that does not, and none with another answer. */
  private static Optional<Verdict> endings(Node a, Node b) {
    if (a.isTerminal() != b.isTerminal()) {
      return Optional.of(veto("terminal_and_not"));
    }
    Optional<String> x = a.reading().finalValue();
    Optional<String> y = b.reading().finalValue();
    boolean differ = a.isTerminal() && x.isPresent() && y.isPresent() && !x.equals(y);
    return differ ? Optional.of(veto("other_answers")) : Optional.empty();
  }

  private static Verdict veto(String reason) {
    return new Verdict(false, 0, Tier.VETO, reason, List.of());
  }

  private String text(int node) {
    return nodes.get(node).reading().canonical().text();
  }
}
