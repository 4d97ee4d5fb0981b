package dev.espalier.memory.evaluation.speed;

import dev.espalier.memory.evaluation.client.MemoryApi;

/** One timed request. */
interface Probe {

  /**
   * Sends the request.
   *
   * @param turn which of a round's requests it is, from 0
   * @return how long it took, in nanoseconds
   */
  long send(MemoryApi memory, int turn);
}
