package dev.espalier.maths;

/** How much may still be computed; what passes it is not read. */
final class Work {

  private int left;

  Work(int units) {
    left = units;
  }

  /** One unit is about one product of two terms. */
  void spend(long units) {
    if (units > left) {
      left = 0;
      throw new Unreadable("too much work");
    }
    left -= (int) units;
  }
}
