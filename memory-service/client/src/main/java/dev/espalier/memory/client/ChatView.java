package dev.espalier.memory.client;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a conversation a framework's list of messages shows: turns by their numbers, in order.
 *
 * @param seqs of the turns shown
 * @param turns what they say
 */
record ChatView(List<Long> seqs, List<ChatTurn> turns) {

  ChatView {
    seqs = List.copyOf(seqs);
    turns = List.copyOf(turns);
  }

  /**
   * Which of the new messages are shown already. A list that frameworks write is the one before
   * without some of its messages (a window moved on, a system message replaced), followed by new
   * ones; so each message is looked for after the place of the one before, and what follows the
   * last that was found is new. Cost: O(messages * shown).
   *
   * @return for each message the number of its turn, or 0 when it is new
   */
  List<Long> known(List<ChatTurn> messages) {
    List<Long> numbers = new ArrayList<>();
    int from = 0;
    for (ChatTurn message : messages) {
      int at = from;
      while (at < turns.size() && !turns.get(at).equals(message)) {
        at++;
      }
      if (at < turns.size()) {
        numbers.add(seqs.get(at));
        from = at + 1;
      } else {
        numbers.add(0L);
      }
    }
    return numbers;
  }
}
