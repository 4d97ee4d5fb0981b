package dev.espalier.launcher;

import java.util.ArrayList;
import java.util.List;

/**
 * Invented families of three generations, as lines of (who, relation, whom). Some grandparents are
 * left out: they follow from the parents, and the tour asks for one of them.
 */
final class TourFamily {

  private static final int FAMILIES = 60;
  private static final int LEFT_OUT = 10;

  private final List<String> facts = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  TourFamily() {
    for (int family = 0; family < FAMILIES; family++) {
      add(family);
    }
  }

  /** Tab-separated, one a line. */
  String document() {
    return String.join("\n", facts) + "\n";
  }

  /** A grandchild whose grandparents are left out. */
  String grandchild() {
    return leftOut.get(0).split("\t", -1)[0];
  }

  boolean isGrandparent(String name) {
    return leftOut.stream()
        .map(line -> line.split("\t", -1))
        .anyMatch(columns -> columns[0].equals(grandchild()) && columns[2].equals(name));
  }

  private void add(int family) {
    String oldest = "p" + family;
    List<String> grandparents = List.of(oldest + "a", oldest + "b");
    List<String> parents = List.of(oldest + "c", oldest + "d");
    siblings(parents);
    for (String parent : parents) {
      grandparents.forEach(g -> facts.add(line(parent, "parent", g)));
      List<String> children = List.of(parent + "1", parent + "2");
      siblings(children);
      for (String child : children) {
        facts.add(line(child, "parent", parent));
        List<String> known = family % LEFT_OUT == 0 ? leftOut : facts;
        grandparents.forEach(g -> known.add(line(child, "grandparent", g)));
      }
    }
  }

  private void siblings(List<String> two) {
    facts.add(line(two.get(0), "sibling", two.get(1)));
    facts.add(line(two.get(1), "sibling", two.get(0)));
  }

  private static String line(String who, String relation, String whom) {
    return who + "\t" + relation + "\t" + whom;
  }
}
