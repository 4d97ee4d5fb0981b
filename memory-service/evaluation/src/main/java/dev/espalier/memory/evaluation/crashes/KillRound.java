package dev.espalier.memory.evaluation.crashes;

import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Pause;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import dev.espalier.memory.evaluation.client.NewTurn;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Appends to a new conversation, with one kill somewhere among them. */
final class KillRound {

  private static final int WRITERS = 4;
  private static final Duration LOOK = Duration.ofMillis(1);

  private final String name;
  private final Victim victim;
  private final MemoryHttp http;
  private final List<NewTurn> turns;
  private final SplittableRandom random;

  /**
   * @param name unlike that of any other round
   */
  KillRound(
      String name, Victim victim, MemoryHttp http, List<NewTurn> turns, SplittableRandom random) {
    this.name = name;
    this.victim = victim;
    this.http = http;
    this.turns = List.copyOf(turns);
    this.random = random;
  }

  /**
   * @throws CommandException if the appends do not come to an end
   */
  Result run() {
    MemoryApi memory = new MemoryApi(http);
    String conversation = memory.create("kills " + name);
    Ledger ledger = new Ledger();
    Outage outage = new Outage();
    var writer = new StubbornWriter(http, conversation, ledger, outage);
    AtomicInteger next = new AtomicInteger();
    // Neither the first nor the last appends, so that the kill always falls among them.
    int killAfter = random.nextInt(turns.size() / 20, turns.size() - turns.size() / 20);
    Duration jitter = Duration.ofNanos(random.nextLong(Duration.ofMillis(20).toNanos()));
    long killed;
    long restarted;
    try (Crew crew = new Crew(WRITERS, thread -> appendAll(writer, next))) {
      while (ledger.size() < killAfter && !crew.isDone()) {
        Pause.of(LOOK);
      }
      Pause.of(jitter);
      victim.kill();
      killed = System.nanoTime();
      victim.restart();
      restarted = System.nanoTime();
      crew.join();
    }
    Duration recovery =
        ledger
            .untilNextAnswer(killed)
            .orElseThrow(() -> new CommandException("the kill came after the last append"));
    Audit audit = Audit.of(ledger.entries(), memory.turns(conversation));
    return new Result(
        conversation, killAfter, Duration.ofNanos(restarted - killed), recovery, audit, outage);
  }

  private void appendAll(StubbornWriter writer, AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < turns.size(); i = next.getAndIncrement()) {
      String content = "Turn " + i + ": " + turns.get(i).content();
      writer.append(content, name + "-" + i, RetryGuard.of(i));
    }
  }

  /**
   * What a round found.
   *
   * @param killAfter acknowledged appends before the kill
   * @param restart from the kill until the victim took connections again
   * @param recovery from the kill until the next append was acknowledged
   */
  record Result(
      String conversation,
      int killAfter,
      Duration restart,
      Duration recovery,
      Audit audit,
      Outage outage) {}
}
