package dev.espalier.compatibility;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One line for each thing that a client does. */
final class Checks {

  /** What a client does; it fails with any exception. */
  interface Work {
    void run() throws Exception;
  }

  private int failures;

  void check(String client, String what, Work work) {
    try {
      work.run();
      System.out.println("pass | " + client + " | " + what);
    } catch (Exception | AssertionError e) {
      failures++;
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      System.out.println("FAIL | " + client + " | " + what + " | " + trace);
    }
  }

  int failures() {
    return failures;
  }

  static void expect(boolean holds, Object otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
