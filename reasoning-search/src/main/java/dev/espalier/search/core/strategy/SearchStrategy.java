package dev.espalier.search.core.strategy;

import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;
import java.util.List;
import java.util.Optional;

/**
 * A search as a machine that is stepped: it says what it needs, takes the answers, and goes on. It
 * knows no clock, no port and no chance but the seeds that it hands out, so the same answers give
 * the same tree, and a search is resumed by giving it its recorded answers again.
 */
public interface SearchStrategy {

  /**
   * What it waits for: the needs of one round, which may be met in any order and at the same time.
   * To be called when all of the last round are accepted.
   *
   * @return empty when it has finished
   */
  List<Need> next();

  /** Takes an answer; within a round in the order of the needs' ids. */
  void accept(Need need, Answer answer);

  SearchTree tree();

  /** Why it finished; of meaning after {@link #next} has returned nothing. */
  StopReason reason();

  /** The end of the solution that it settled on, where it came to that. */
  Optional<Node> chosen();

  /** The weight of a finished solution in the vote on the answer. */
  double weight(Node terminal);
}
