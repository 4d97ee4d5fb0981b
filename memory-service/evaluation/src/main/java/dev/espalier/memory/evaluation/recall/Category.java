package dev.espalier.memory.evaluation.recall;

import java.util.Arrays;
import java.util.Optional;

/** LoCoMo's kinds of answerable questions; the fifth has no answer to recall. */
enum Category {
  MULTI_HOP(1, "multi-hop"),
  TEMPORAL(2, "temporal"),
  OPEN_DOMAIN(3, "open-domain"),
  SINGLE_HOP(4, "single-hop");

  private final int number;
  private final String label;

  Category(int number, String label) {
    this.number = number;
    this.label = label;
  }

  static Optional<Category> of(int number) {
    return Arrays.stream(values()).filter(it -> it.number == number).findFirst();
  }

  String label() {
    return label;
  }
}
