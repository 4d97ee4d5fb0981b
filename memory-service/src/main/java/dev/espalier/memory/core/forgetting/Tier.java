package dev.espalier.memory.core.forgetting;

/** How much of a turn can still be found. Each tier keeps less than the one before it. */
public enum Tier {
  /** By its meaning and by its words. */
  ACTIVE,
  /** By its words; its vector rests and comes back when the turn is used. */
  DORMANT,
  /** By its number only; its text stays and is exported. */
  ARCHIVED,
  /** Not at all: its text is gone, and nothing brings it back. */
  PURGED
}
