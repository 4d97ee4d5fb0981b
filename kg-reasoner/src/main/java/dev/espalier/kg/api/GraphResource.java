package dev.espalier.kg.api;

import dev.espalier.kg.core.explore.PathSearch;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.intake.TripleWriter;
import dev.espalier.kg.reasoning.GraphNames;
import dev.espalier.kg.reasoning.Neighbourhood;
import dev.espalier.kg.reasoning.Opening;
import dev.espalier.kg.reasoning.ReasoningThreads;
import dev.espalier.kg.reasoning.Tokens;
import dev.espalier.kg.resource.LoadedGraph;
import dev.espalier.kg.resource.Scope;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a graph says without a model. */
@Path("/v1/kgs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "reasoning")
public class GraphResource {

  private static final int DEFAULT_HOPS = 3;
  private static final int DEFAULT_PATHS = 10;
  private static final int DEFAULT_TRIPLES = 100;

  /** A second or two of looking. */
  private static final long MAX_EDGES = 20_000_000;

  /** No triple has fewer tokens than this, so a budget of tokens bounds the triples too. */
  private static final int MIN_TOKENS = 3;

  private final Caller caller;
  private final Opening opening;
  private final ReasoningThreads threads;
  private final Tokens tokens;

  GraphResource(Caller caller, Opening opening, ReasoningThreads threads, Tokens tokens) {
    this.caller = caller;
    this.opening = opening;
    this.threads = threads;
    this.tokens = tokens;
  }

  @POST
  @Path("/{kg}/paths")
  @Operation(summary = "Find the simple paths between two entities, the shortest first")
  public GraphBody.Connections paths(
      @PathParam("kg") String kg, @NotNull @Valid GraphBody.Paths body) {
    Scope scope = caller.scope();
    LoadedGraph loaded = opening.graph(scope, ResourceId.kg(kg));
    KnowledgeGraph graph = loaded.graph();
    int from = GraphNames.entity(graph, body.from());
    int to = GraphNames.entity(graph, body.to());
    long edges = body.maxEdges() == null ? MAX_EDGES : Math.min(MAX_EDGES, body.maxEdges());
    PathSearch search =
        new PathSearch(
            body.maxHops() == null ? DEFAULT_HOPS : body.maxHops(),
            body.k() == null ? DEFAULT_PATHS : body.k(),
            edges);
    return threads.run(
        scope,
        () -> {
          PathSearch.Paths found = search.between(graph, from, to);
          List<GraphBody.Connection> paths =
              found.paths().stream()
                  .map(path -> new GraphBody.Connection(GraphNames.hops(graph, path), path.size()))
                  .toList();
          return new GraphBody.Connections(paths, found.complete(), loaded.snapshot());
        });
  }

  @POST
  @Path("/{kg}/subgraph")
  @Operation(
      summary = "Cut out what surrounds some entities, within a budget of triples or tokens",
      description = "Nearest first; triples of the given relation before the others of an entity.")
  public GraphBody.Cut subgraph(
      @PathParam("kg") String kg, @NotNull @Valid GraphBody.Subgraph body) {
    Scope scope = caller.scope();
    LoadedGraph loaded = opening.graph(scope, ResourceId.kg(kg));
    KnowledgeGraph graph = loaded.graph();
    List<Integer> seeds =
        body.seeds().stream().map(name -> GraphNames.entity(graph, name)).toList();
    int preferred = body.relation() == null ? -1 : GraphNames.relation(graph, body.relation());
    int maxTokens = body.maxTokens() == null ? Integer.MAX_VALUE : body.maxTokens();
    int maxTriples =
        body.maxTokens() != null
            ? 1 + maxTokens / MIN_TOKENS
            : body.maxTriples() == null ? DEFAULT_TRIPLES : body.maxTriples();
    String format = body.format() == null ? "json" : body.format();
    return threads.run(
        scope,
        () -> {
          // One more than fits tells whether something was left out.
          List<Triple> around = new Neighbourhood(graph, preferred, maxTriples + 1).around(seeds);
          return cut(loaded, around, maxTriples, maxTokens, format);
        });
  }

  private GraphBody.Cut cut(
      LoadedGraph loaded, List<Triple> around, int maxTriples, int maxTokens, String format) {
    List<GraphBody.NamedTriple> triples = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int spent = 0;
    for (Triple triple : around) {
      GraphBody.NamedTriple named = named(loaded.graph(), triple);
      String line = line(named, format);
      int cost = tokens.count(line);
      if (triples.size() == maxTriples || spent + cost > maxTokens) {
        break;
      }
      spent += cost;
      triples.add(named);
      text.append(line);
    }
    boolean isJson = format.equals("json");
    return new GraphBody.Cut(
        isJson ? triples : null,
        isJson ? null : text.toString(),
        triples.size(),
        spent,
        triples.size() == around.size(),
        loaded.snapshot());
  }

  private static GraphBody.NamedTriple named(KnowledgeGraph graph, Triple triple) {
    return new GraphBody.NamedTriple(
        graph.entities().name(triple.head()),
        graph.relations().name(triple.relation()),
        graph.entities().name(triple.tail()));
  }

  private static String line(GraphBody.NamedTriple triple, String format) {
    return format.equals("ntriples")
        ? TripleWriter.nTriple(triple.head(), triple.relation(), triple.tail()) + "\n"
        : triple.head() + " | " + triple.relation() + " | " + triple.tail() + "\n";
  }
}
