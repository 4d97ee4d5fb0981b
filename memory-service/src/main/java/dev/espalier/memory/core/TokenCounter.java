package dev.espalier.memory.core;

/** Counts tokens the way one family of models does. */
public interface TokenCounter {

  int count(String text);
}
