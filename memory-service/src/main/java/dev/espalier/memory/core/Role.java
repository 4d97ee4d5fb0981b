package dev.espalier.memory.core;

/** Who speaks in a turn. The stored role never decides the role under which a turn is recalled. */
public enum Role {
  SYSTEM,
  USER,
  ASSISTANT,
  TOOL
}
