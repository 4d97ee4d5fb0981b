package dev.espalier.equivalence.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.equivalence.Detectors;
import dev.espalier.equivalence.core.EquivalenceDetector;
import dev.espalier.equivalence.core.EquivalenceDetector.Pair;
import dev.espalier.equivalence.core.compare.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GroupingProperties {

  private static final String PROBLEM =
      "Ann has 4 boxes with 12 pencils each. She gives 9 of them to Tom. Solve for $x$.";

  private final EquivalenceDetector detector = Detectors.lexical();

  @Property(tries = 120)
  void doesNotDependOnTheOrderOfItsInput(@ForAll("batches") List<String> texts, @ForAll long seed) {
    List<Candidate> candidates = candidates(texts);
    List<Candidate> shuffled = new ArrayList<>(candidates);
    Collections.shuffle(shuffled, new Random(seed));

    assertEquals(members(group(candidates)), members(group(shuffled)));
  }

  @Property(tries = 300)
  void isSymmetric(@ForAll("steps") String a, @ForAll("steps") String b) {
    assertEquals(compare(a, b), compare(b, a));
  }

  @Property(tries = 200)
  void isReflexive(@ForAll("steps") String step) {
    assertTrue(compare(step, step).isEquivalent());
  }

  @Property(tries = 120)
  void neverPutsAVetoedPairIntoAGroup(@ForAll("batches") List<String> texts) {
    List<Candidate> candidates = candidates(texts);

    for (Group group : group(candidates)) {
      for (String a : group.members()) {
        for (String b : group.members()) {
          assertFalse(compare(textOf(candidates, a), textOf(candidates, b)).isVeto());
        }
      }
    }
  }

  @Property(tries = 60)
  void keepsEveryCandidateExactlyOnce(@ForAll("batches") List<String> texts) {
    List<String> ids =
        group(candidates(texts)).stream().flatMap(g -> g.members().stream()).toList();

    assertEquals(texts.size(), ids.size());
    assertEquals(texts.size(), new HashSet<>(ids).size());
  }

  @Provide
  Arbitrary<String> steps() {
    return Arbitraries.of(
        "Ann has 4 * 12 = 48 pencils.",
        "There are 12 x 4 = 48 pencils in total.",
        "Tom has 4*12 = 48 pencils",
        "Each box has 48 pencils.",
        "The total is 48.",
        "She has 48 - 9 = 39 pencils left.",
        "39 pencils are left",
        "$48-9=39$",
        "$39$",
        "First, find the number of pencils.",
        "We need to calculate how many pencils Ann has.",
        "Let's think step by step.",
        "Ann has 4 boxes with 12 pencils each.",
        "So $x=3$.",
        "So $2x = 6$.",
        "$x = 3$ or $x=-3$",
        "We can factor this as $(x-3)(x+3)$.",
        "$(x+3)(x-3)=0$",
        "The triangle is isosceles.",
        "Because two sides are equal, the triangle is isosceles.",
        "4 + 12 = 48",
        "He runs 48 miles per day.",
        "He runs 48 miles per week.",
        "The answer is \\boxed{39}",
        "",
        "???",
        "\u0000\u200b");
  }

  @Provide
  Arbitrary<List<String>> batches() {
    return steps().list().ofMinSize(1).ofMaxSize(9);
  }

  private Verdict compare(String a, String b) {
    return detector
        .compare(List.of(new Pair("p", PROBLEM, List.of(), a, b)), 0.6)
        .verdicts()
        .get(0);
  }

  private List<Group> group(List<Candidate> candidates) {
    return detector.group(PROBLEM, List.of(), candidates, 0.6, Optional.empty()).groups();
  }

  private static List<Candidate> candidates(List<String> texts) {
    List<Candidate> candidates = new ArrayList<>();
    for (String text : texts) {
      candidates.add(new Candidate("s" + candidates.size(), text, Optional.empty(), false, 1));
    }
    return candidates;
  }

  private static String textOf(List<Candidate> candidates, String id) {
    return candidates.get(Integer.parseInt(id.substring(1))).text();
  }

  private static Set<Set<String>> members(List<Group> groups) {
    return groups.stream().map(g -> Set.copyOf(g.members())).collect(Collectors.toSet());
  }
}
