package dev.espalier.kg.resource;

import java.time.Instant;
import java.util.UUID;

/**
 * A graph of a tenant.
 *
 * @param number what its triples are stored under
 * @param snapshot grows by one with every change of its triples; 0 while it is empty
 * @param entities names in its dictionary
 * @param relations names in its dictionary
 * @param nameBytes UTF-8 bytes of all these names
 */
public record Kg(
    UUID id,
    long number,
    String name,
    long snapshot,
    int entities,
    int relations,
    Triples triples,
    long nameBytes,
    Instant createdAt,
    Instant updatedAt) {

  /** How many triples there are for what. */
  public record Triples(long train, long valid, long test) {

    public long total() {
      return train + valid + test;
    }
  }
}
