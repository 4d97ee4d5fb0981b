package dev.espalier.memory.evaluation.crashes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Pause;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import dev.espalier.memory.evaluation.client.NewTurn;
import dev.espalier.memory.evaluation.client.Reply;
import dev.espalier.memory.evaluation.crashes.Ledger.Acknowledged;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Appends turns one by one, and repeats each append until it is acknowledged. */
final class StubbornWriter {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final MemoryHttp http;
  private final String conversation;
  private final Ledger ledger;
  private final Outage outage;

  StubbornWriter(MemoryHttp http, String conversation, Ledger ledger, Outage outage) {
    this.http = http;
    this.conversation = conversation;
    this.ledger = ledger;
    this.outage = outage;
  }

  /**
   * @param content unlike that of any other turn
   * @param name unlike that of any other append, in every conversation
   * @throws CommandException if the request is refused, or not answered for three minutes
   */
  void append(String content, String name, RetryGuard guard) {
    ObjectNode body =
        MemoryApi.appendBody(
            List.of(new NewTurn("Writer", content, null, guard.hasTurnId() ? name : null)));
    Map<String, String> headers = guard.hasKey() ? Map.of("Idempotency-Key", name) : Map.of();
    long start = System.nanoTime();
    while (!tryOnce(body, headers, content)) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new CommandException("no acknowledgement within " + PATIENCE + "; " + outage);
      }
      Pause.of(BETWEEN_TRIES);
    }
  }

  private boolean tryOnce(ObjectNode body, Map<String, String> headers, String content) {
    long sent = System.nanoTime();
    try {
      Reply reply = http.send("POST", conversation + "/turns", body, headers);
      long answered = System.nanoTime();
      if (reply.isSuccess()) {
        outage.answered(answered - sent);
        long seq = reply.json().path("first_seq").asLong();
        ledger.add(new Acknowledged(content, seq, sent, answered));
        return true;
      }
      if (reply.status() < 500) {
        throw new CommandException("an append was refused: " + reply.body());
      }
      outage.failed(reply, answered - sent);
    } catch (IOException e) {
      outage.failed(e, System.nanoTime() - sent);
    }
    return false;
  }
}
