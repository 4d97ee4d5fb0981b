package dev.espalier.memory.evaluation.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the memory. Any refusal ends the measurement with a {@link CommandException}.
 */
public final class MemoryApi {

  private static final Duration POLL = Duration.ofMillis(250);

  /** Longer than any pause the embedding workers make on their own. */
  private static final Duration STANDSTILL = Duration.ofSeconds(120);

  private static final int PAGE = 1000;

  private final MemoryHttp http;

  public MemoryApi(MemoryHttp http) {
    this.http = http;
  }

  public String name() {
    return http.endpoint().name();
  }

  /** The path of a new conversation. */
  public String create(String title) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("title", title);
    return "/v1/conversations/"
        + call("POST", "/v1/conversations", body).json().path("id").asText();
  }

  public void delete(String conversation) {
    call("DELETE", conversation, null);
  }

  /** Returns how long it took, in nanoseconds. */
  public long append(String conversation, List<NewTurn> turns) {
    return call("POST", conversation + "/turns", appendBody(turns)).nanos();
  }

  public static ObjectNode appendBody(List<NewTurn> turns) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode array = body.putArray("turns");
    turns.forEach(turn -> array.add(turn.toJson()));
    return body;
  }

  public Ranking recall(String conversation, String query, int k, Mode mode) {
    return ranking(conversation, recallBody(query, k, mode));
  }

  /** A hybrid recall that does not count as a use of what it finds. */
  public Ranking measuredRecall(String conversation, String query, int k) {
    return ranking(conversation, recallBody(query, k, Mode.HYBRID).put("reinforce", false));
  }

  private static ObjectNode recallBody(String query, int k, Mode mode) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("query", query)
        .put("k", k)
        .put("mode", mode.wireName());
  }

  private Ranking ranking(String conversation, ObjectNode body) {
    Reply reply = call("POST", conversation + "/recall", body);
    List<Long> seqs = new ArrayList<>();
    reply.json().path("hits").forEach(hit -> seqs.add(hit.path("seq").asLong()));
    return new Ranking(seqs, reply.nanos());
  }

  public void putPolicy(String id, ObjectNode policy) {
    call("PUT", "/v1/forgetting-policies/" + id, policy);
  }

  /** Runs a policy. Returns the run. */
  public String forget(String conversation, String policy) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("policy", policy);
    return call("POST", conversation + "/forgetting-runs", body).json().path("id").asText();
  }

  public void undo(String run) {
    call("POST", "/v1/forgetting-runs/" + run + "/undo", null);
  }

  /**
   * @throws CommandException also if the block is larger than its budget
   */
  public Block context(
      String conversation, String input, int budgetTokens, boolean filtersSentences) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("input", input)
            .put("budget_tokens", budgetTokens)
            .put("filter_sentences", filtersSentences);
    Reply reply = call("POST", conversation + "/context", body);
    JsonNode manifest = reply.json().path("manifest");
    int tokens = manifest.path("tokens_total").asInt();
    if (tokens > budgetTokens) {
      throw new CommandException("a block of " + tokens + " tokens for " + budgetTokens);
    }
    Set<Long> seqs = new HashSet<>();
    for (JsonNode section : manifest.path("sections")) {
      // A summary names turns of which it holds a sentence only.
      if (!section.path("name").asText().equals("summary")) {
        section.path("seqs").forEach(seq -> seqs.add(seq.asLong()));
      }
    }
    return new Block(seqs, tokens, reply.nanos());
  }

  /** The bodies of the summaries in force, by level. */
  public Map<Integer, List<String>> summaries(String conversation) {
    Map<Integer, List<String>> bodies = new TreeMap<>();
    for (JsonNode summary :
        call("GET", conversation + "/summaries", null).json().path("summaries")) {
      bodies
          .computeIfAbsent(summary.path("level").asInt(), level -> new ArrayList<>())
          .add(summary.path("body").asText());
    }
    return bodies;
  }

  public IndexLag index(String conversation) {
    return IndexLag.of(call("GET", conversation + "/turns?limit=1", null).json());
  }

  /**
   * Returns when every turn has its vector.
   *
   * @throws CommandException if two minutes bring no progress, or a turn was given up on
   */
  public void awaitIndexed(String conversation) {
    awaitIndexed(conversation, Long.MAX_VALUE);
  }

  /** Returns when every turn up to this one has its vector; throws as above. */
  public void awaitIndexed(String conversation, long through) {
    long best = -1;
    long since = System.nanoTime();
    IndexLag lag = index(conversation);
    while (!lag.isCurrent() && lag.embeddedThroughSeq() < through) {
      if (lag.embeddedThroughSeq() > best) {
        best = lag.embeddedThroughSeq();
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STANDSTILL.toNanos()) {
        throw new CommandException("embedding stands still: " + lag);
      }
      Pause.of(POLL);
      lag = index(conversation);
    }
    if (lag.failed() > 0) {
      throw new CommandException("embedding gave up on " + lag.failed() + " turns");
    }
  }

  /** Every turn, oldest first. */
  public List<StoredTurn> turns(String conversation) {
    List<StoredTurn> turns = new ArrayList<>();
    String next = "0";
    while (!next.isEmpty()) {
      JsonNode page =
          call("GET", conversation + "/turns?limit=" + PAGE + "&after_seq=" + next, null).json();
      for (JsonNode turn : page.path("turns")) {
        turns.add(new StoredTurn(turn.path("seq").asLong(), turn.path("content").asText()));
      }
      next = page.path("next_after_seq").asText("");
    }
    return turns;
  }

  private Reply call(String method, String path, @Nullable JsonNode body) {
    try {
      Reply reply = http.send(method, path, body);
      if (!reply.isSuccess()) {
        throw new CommandException(
            method + " " + path + " was answered with " + reply.status() + ": " + reply.body());
      }
      return reply;
    } catch (IOException e) {
      throw new CommandException(
          "no answer from " + http.endpoint().base() + " to " + method + " " + path + ": " + e, e);
    }
  }
}
