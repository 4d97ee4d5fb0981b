package dev.espalier.kg.core.generate;

import dev.espalier.kg.core.graph.NamedTriple;
import dev.espalier.kg.core.graph.SplitGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Invents families over several generations, and says of every two close relatives what they are to
 * each other. (x, father, y): the father of x is y.
 *
 * @param people about how many
 * @param generations per family
 * @param seed of every choice
 */
/*
 * Twelve relations: father, mother, son, daughter, brother, sister, husband, wife, uncle, aunt,
 * nephew, niece. Couples marry across families of the same generation and have up to four children.
 * Uncle and aunt are siblings of a parent, not their spouses. Each fact follows from others by two or
 * three steps, so that hiding a tenth of them leaves nearly all derivable.
 */
public record KinshipGenerator(int people, int generations, long seed) {

  private static final double VALID_SHARE = 0.1;
  private static final double TEST_SHARE = 0.1;

  private static final class Person {
    final String name;
    final boolean male;
    final List<Person> children = new ArrayList<>();
    List<Person> siblings = List.of();

    Person(String name, boolean male) {
      this.name = name;
      this.male = male;
    }

    String named(String ofMale, String ofFemale) {
      return male ? ofMale : ofFemale;
    }
  }

  private record Couple(Person husband, Person wife) {}

  public KinshipGenerator {
    if (people < 20 || people > 1_000_000 || generations < 2 || generations > 10) {
      throw new IllegalArgumentException("20 to 1000000 people, 2 to 10 generations");
    }
  }

  /** All facts, in random order. */
  public List<NamedTriple> triples() {
    Random random = new Random(seed);
    List<NamedTriple> triples = new ArrayList<>();
    List<Person> parents = founders(random);
    int born = parents.size();
    for (int generation = 1; !parents.isEmpty(); generation++) {
      List<Person> children = new ArrayList<>();
      for (Couple couple : couples(parents, random)) {
        triples.add(new NamedTriple(couple.wife().name, "husband", couple.husband().name));
        triples.add(new NamedTriple(couple.husband().name, "wife", couple.wife().name));
        if (generation < generations) {
          born = children(couple, born, children, random);
          kin(couple, triples);
        }
      }
      parents = children;
    }
    Collections.shuffle(triples, random);
    return triples;
  }

  /** The facts as a graph to learn from, with a tenth each to choose by and to report on. */
  public SplitGraph split() {
    List<NamedTriple> triples = triples();
    int valid = (int) (triples.size() * VALID_SHARE);
    int test = (int) (triples.size() * TEST_SHARE);
    return SplitGraph.of(
        triples.subList(valid + test, triples.size()),
        triples.subList(0, valid),
        triples.subList(valid, valid + test));
  }

  private List<Person> founders(Random random) {
    int count = Math.max(8, 2 * (people / (2 * generations)));
    List<Person> founders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      founders.add(new Person("person" + i, random.nextBoolean()));
    }
    return founders;
  }

  private static List<Couple> couples(List<Person> generation, Random random) {
    List<Person> men = new ArrayList<>(generation.stream().filter(p -> p.male).toList());
    List<Person> women = new ArrayList<>(generation.stream().filter(p -> !p.male).toList());
    Collections.shuffle(men, random);
    List<Couple> couples = new ArrayList<>();
    for (Person man : men) {
      women.stream()
          .filter(woman -> !man.siblings.contains(woman))
          .findFirst()
          .ifPresent(
              woman -> {
                women.remove(woman);
                couples.add(new Couple(man, woman));
              });
    }
    return couples;
  }

  private static int children(Couple couple, int born, List<Person> all, Random random) {
    int count = 1 + random.nextInt(4);
    int next = born;
    for (int i = 0; i < count; i++) {
      Person child = new Person("person" + next++, random.nextBoolean());
      couple.husband().children.add(child);
      couple.wife().children.add(child);
      all.add(child);
    }
    for (Person child : couple.husband().children) {
      child.siblings = couple.husband().children.stream().filter(other -> other != child).toList();
    }
    return next;
  }

  /**
   * What the children of a couple are to their parents, each other, and their parents' siblings.
   */
  private static void kin(Couple couple, List<NamedTriple> triples) {
    for (Person child : couple.husband().children) {
      triples.add(new NamedTriple(child.name, "father", couple.husband().name));
      triples.add(new NamedTriple(child.name, "mother", couple.wife().name));
      for (Person parent : List.of(couple.husband(), couple.wife())) {
        triples.add(new NamedTriple(parent.name, child.named("son", "daughter"), child.name));
        for (Person sibling : parent.siblings) {
          triples.add(new NamedTriple(child.name, sibling.named("uncle", "aunt"), sibling.name));
          triples.add(new NamedTriple(sibling.name, child.named("nephew", "niece"), child.name));
        }
      }
      for (Person sibling : child.siblings) {
        triples.add(new NamedTriple(child.name, sibling.named("brother", "sister"), sibling.name));
      }
    }
  }
}
