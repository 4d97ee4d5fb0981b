package dev.espalier.search.core.tree;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A class of equivalent steps in its place in the tree. Read by all, changed by the {@link
 * SearchTree} alone. Its children have consecutive ids.
 */
public final class Node {

  /** How far a node's expansion has come. */
  public enum Stage {
    LEAF,
    /** Sampled. */
    PROPOSED,
    /** Its children exist, and have no scores yet. */
    GROUPED,
    EXPANDED
  }

  static final int NONE = -1;

  final int id;
  final int parent;
  final int depth;
  final int classIndex;
  final double prior;
  Stage stage = Stage.LEAF;
  boolean isExhausted;
  boolean isDead;
  int failures;
  int firstChild = NONE;
  int childCount;
  int sameAs = NONE;
  int visits;
  double valueSum;
  double score = Double.NaN;
  List<Candidate> candidates = List.of();
  @Nullable Grouping grouping;
  @Nullable String answer;

  Node(int id, int parent, int depth, int classIndex, double prior) {
    this.id = id;
    this.parent = parent;
    this.depth = depth;
    this.classIndex = classIndex;
    this.prior = prior;
  }

  public int id() {
    return id;
  }

  /** The id of the parent, or -1 for the root. */
  public int parent() {
    return parent;
  }

  /** Steps from the root. */
  public int depth() {
    return depth;
  }

  /** Which of the classes of the parent's grouping it is. */
  public int classIndex() {
    return classIndex;
  }

  /** The share of the parent's samples that it stands for, 0-1; siblings' sum to 1. */
  public double prior() {
    return prior;
  }

  public Stage stage() {
    return stage;
  }

  /** Whether nothing below is left to expand. */
  public boolean isExhausted() {
    return isExhausted;
  }

  /** Whether it is exhausted and nothing below has a score above 0. */
  public boolean isDead() {
    return isDead;
  }

  /** How often its expansion failed since it last went on. */
  public int failures() {
    return failures;
  }

  public int firstChild() {
    return firstChild;
  }

  public int childCount() {
    return childCount;
  }

  /** The node on another branch whose state this one repeats, and which is explored for both. */
  public OptionalInt sameAs() {
    return sameAs == NONE ? OptionalInt.empty() : OptionalInt.of(sameAs);
  }

  public int visits() {
    return visits;
  }

  /** The sum of the values that were backed up through it. */
  public double valueSum() {
    return valueSum;
  }

  public boolean isScored() {
    return !Double.isNaN(score);
  }

  /** The scorer's, 0-1; not a number before it has one. */
  public double score() {
    return score;
  }

  /** Mean of what was backed up; the score before the first visit; 0 where there is neither. */
  public double value() {
    if (visits > 0) {
      return valueSum / visits;
    }
    return isScored() ? score : 0;
  }

  /** All samples of its continuation, those that were merged away too. */
  public List<Candidate> candidates() {
    return candidates;
  }

  /** How its samples were put together, or null before that. */
  public @Nullable Grouping grouping() {
    return grouping;
  }

  /** The final answer, where the solution ends here and it could be read. */
  public @Nullable String answer() {
    return answer;
  }
}
