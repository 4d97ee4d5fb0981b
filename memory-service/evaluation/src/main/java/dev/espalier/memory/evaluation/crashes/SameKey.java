package dev.espalier.memory.evaluation.crashes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import dev.espalier.memory.evaluation.client.NewTurn;
import dev.espalier.memory.evaluation.client.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One append, sent many times at once under the same {@code Idempotency-Key}. */
final class SameKey {

  private static final int REQUESTS = 100;

  private final MemoryHttp http;

  SameKey(MemoryHttp http) {
    this.http = http;
  }

  Result run() {
    MemoryApi memory = new MemoryApi(http);
    String conversation = memory.create("same key");
    ObjectNode body = MemoryApi.appendBody(List.of(new NewTurn(null, "Only once.", null, null)));
    Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
    Set<String> answers = ConcurrentHashMap.newKeySet();
    try (Crew crew =
        new Crew(
            REQUESTS,
            thread -> {
              Reply reply = send(conversation, body);
              statuses.computeIfAbsent(reply.status(), it -> new AtomicInteger()).incrementAndGet();
              answers.add(reply.body());
            })) {
      crew.join();
    }
    return new Result(Map.copyOf(statuses), answers.size(), memory.turns(conversation).size());
  }

  private Reply send(String conversation, ObjectNode body) {
    try {
      return http.send(
          "POST", conversation + "/turns", body, Map.of("Idempotency-Key", "same-key"));
    } catch (IOException e) {
      throw new CommandException("no answer to an append: " + e, e);
    }
  }

  /**
   * What came of it.
   *
   * @param bodies different answers
   * @param effects turns that are stored
   */
  record Result(Map<Integer, AtomicInteger> statuses, int bodies, int effects) {

    boolean isClean() {
      return statuses.keySet().equals(Set.of(201)) && bodies == 1 && effects == 1;
    }

    @Override
    public String toString() {
      return "the same Idempotency-Key %d times at once: answers by status %s, bodies %d, effects %d"
          .formatted(REQUESTS, statuses, bodies, effects);
    }
  }
}
