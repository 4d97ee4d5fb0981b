package dev.espalier.memory.evaluation.crashes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import dev.espalier.memory.evaluation.client.NewTurn;
import dev.espalier.memory.evaluation.client.Reply;
import dev.espalier.memory.evaluation.crashes.Ledger.Acknowledged;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many writers on one conversation: half of their appends as they come, half with expected_seq. */
final class CrowdedConversation {

  private static final int WRITERS = 32;
  private static final int APPENDS = 20;

  private final MemoryHttp http;
  private final Ledger ledger = new Ledger();
  private final Outage outage = new Outage();
  private final AtomicInteger conflicts = new AtomicInteger();

  CrowdedConversation(MemoryHttp http) {
    this.http = http;
  }

  Result run() {
    MemoryApi memory = new MemoryApi(http);
    String conversation = memory.create("crowd");
    var writer = new StubbornWriter(http, conversation, ledger, outage);
    try (Crew crew =
        new Crew(
            WRITERS,
            thread -> {
              for (int i = 0; i < APPENDS; i++) {
                String name = "crowd-" + thread + "-" + i;
                if (i % 2 == 0) {
                  writer.append(name, name, RetryGuard.IDEMPOTENCY_KEY);
                } else {
                  appendExpecting(conversation, name, memory.index(conversation).lastSeq());
                }
              }
            })) {
      crew.join();
    }
    Audit audit = Audit.of(ledger.entries(), memory.turns(conversation));
    return new Result(WRITERS, conflicts.get(), audit, outage);
  }

  /** Appends behind the turn it knows as the last, and learns of newer ones from each conflict. */
  private void appendExpecting(String conversation, String content, long lastSeq) {
    long expected = lastSeq;
    while (true) {
      ObjectNode body = MemoryApi.appendBody(List.of(new NewTurn(null, content, null, null)));
      body.put("expected_seq", expected);
      long sent = System.nanoTime();
      Reply reply = send(conversation, body);
      if (reply.isSuccess()) {
        long seq = reply.json().path("first_seq").asLong();
        if (seq != expected + 1) {
          throw new CommandException("expected_seq " + expected + " was stored as " + seq);
        }
        ledger.add(new Acknowledged(content, seq, sent, System.nanoTime()));
        return;
      }
      if (reply.status() != 409) {
        throw new CommandException("neither success nor conflict: " + reply.body());
      }
      conflicts.incrementAndGet();
      expected = reply.json().path("current_seq").asLong();
    }
  }

  private Reply send(String conversation, ObjectNode body) {
    try {
      return http.send("POST", conversation + "/turns", body);
    } catch (IOException e) {
      throw new CommandException("no answer to an append: " + e, e);
    }
  }

  /**
   * What the crowd left.
   *
   * @param conflicts appends that were refused because somebody else was first
   */
  record Result(int writers, int conflicts, Audit audit, Outage outage) {

    @Override
    public String toString() {
      return "%d writers on one conversation: %s; conflicts %,d; %s"
          .formatted(writers, audit, conflicts, outage);
    }
  }
}
