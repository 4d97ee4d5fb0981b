package dev.espalier.memory.core;

/**
 * Where a vector comes from. Two vectors are comparable only if all of this is equal.
 *
 * @param revision the model file's content hash
 * @param passagePrefix what is put before a turn
 * @param queryPrefix what is put before a question
 */
public record EmbeddingModel(
    String name,
    String revision,
    String quantisation,
    String passagePrefix,
    String queryPrefix,
    int dimensions) {}
