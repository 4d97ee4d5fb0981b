package dev.espalier.memory.core;

import java.util.Optional;
import java.util.UUID;

/** Which model a conversation is searched with. Called inside a unit of work. */
public interface ConversationModels {

  /** The model of the conversation's vectors; empty while it has none. */
  Optional<EmbeddingModel> of(UUID conversation);
}
