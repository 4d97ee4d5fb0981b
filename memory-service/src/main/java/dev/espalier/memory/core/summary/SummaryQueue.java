package dev.espalier.memory.core.summary;

import java.util.UUID;

/** The conversations that a model is to look at. */
public interface SummaryQueue {

  /** Asks for it, inside a unit of work; one that waits already is not asked for twice. */
  void request(UUID conversation);
}
