package dev.espalier.kg.benchmark;

import dev.espalier.kg.core.graph.GraphBuilder;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.NamedTriple;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.graph.Triple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with the files of a public benchmark: {@code train.txt}, {@code valid.txt}, {@code
 * test.txt}, perhaps {@code facts.txt} and {@code entities.txt}; a triple per line, parted by white
 * space.
 */
final class GraphFiles {

  private GraphFiles() {}

  /** The graph holds facts and training triples; both are asked for in training. */
  static SplitGraph read(Path folder) throws IOException {
    List<NamedTriple> train = new ArrayList<>(triples(folder.resolve("facts.txt")));
    train.addAll(triples(folder.resolve("train.txt")));
    List<NamedTriple> valid = triples(folder.resolve("valid.txt"));
    List<NamedTriple> test = triples(folder.resolve("test.txt"));
    GraphBuilder known = new GraphBuilder();
    for (String line : lines(folder.resolve("entities.txt"))) {
      known.entity(line.strip().split("\\s+")[0]);
    }
    train.forEach(t -> known.add(t.head(), t.relation(), t.tail()));
    valid.forEach(t -> known.add(t.head(), t.relation(), t.tail()));
    test.forEach(t -> known.add(t.head(), t.relation(), t.tail()));
    KnowledgeGraph all = known.build();
    GraphBuilder walked = GraphBuilder.withNames(all.entities(), all.relations());
    train.forEach(t -> walked.add(t.head(), t.relation(), t.tail()));
    KnowledgeGraph graph = walked.build();
    return new SplitGraph(graph, all, graph.triples(), ids(all, valid), ids(all, test));
  }

  private static Triple[] ids(KnowledgeGraph graph, List<NamedTriple> triples) {
    return triples.stream()
        .map(
            t ->
                new Triple(
                    graph.entity(t.head()).orElseThrow(),
                    graph.relation(t.relation()).orElseThrow(),
                    graph.entity(t.tail()).orElseThrow()))
        .toArray(Triple[]::new);
  }

  private static List<NamedTriple> triples(Path file) throws IOException {
    List<NamedTriple> triples = new ArrayList<>();
    for (String line : lines(file)) {
      String[] parts = line.strip().split("\\s+");
      if (parts.length != 3) {
        throw new IOException(file + " has a line without three parts: " + line);
      }
      triples.add(new NamedTriple(parts[0], parts[1], parts[2]));
    }
    return triples;
  }

  private static List<String> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
  }
}
