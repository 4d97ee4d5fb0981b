package dev.espalier.memory.evaluation.crashes;

import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.stats.Sample;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import dev.espalier.memory.evaluation.client.NewTurn;
import dev.espalier.memory.evaluation.speed.SyntheticConversation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** All rounds, and the account of them. */
final class Rehearsal {

  private final Plan plan;
  private final MemoryProcess service;
  private final PostgresProcess postgres;
  private final MemoryHttp http;
  private final PrintStream out;
  private final List<NewTurn> turns;
  private final SplittableRandom random;
  private final List<String> conversations = new ArrayList<>();

  Rehearsal(
      Plan plan,
      MemoryProcess service,
      PostgresProcess postgres,
      MemoryHttp http,
      PrintStream out) {
    this.plan = plan;
    this.service = service;
    this.postgres = postgres;
    this.http = http;
    this.out = out;
    turns = SyntheticConversation.generate(plan.seed(), plan.appends(), 0).turns();
    random = new SplittableRandom(plan.seed());
  }

  /** Whether nothing was lost or done twice. */
  boolean run() {
    out.println("vectors: " + (postgres.hasVectors() ? "pgvector" : "in process"));
    Audit services = rounds(service, plan.rounds());
    Audit databases = rounds(postgres, plan.databaseRounds());
    boolean isEmbedded = checkVectors(services.plus(databases));

    CrowdedConversation.Result crowd = new CrowdedConversation(http).run();
    out.println(crowd);
    SameKey.Result sameKey = new SameKey(http).run();
    out.println(sameKey);
    out.printf(Locale.ROOT, "load at the end: %.2f%n", Machine.load());
    return services.isClean()
        && databases.isClean()
        && isEmbedded
        && crowd.audit().isClean()
        && sameKey.isClean();
  }

  private Audit rounds(Victim victim, int count) {
    out.printf("%nkill -9 of %s, once in each of %d rounds:%n", victim.name(), count);
    Audit total = Audit.NONE;
    List<Double> recoveries = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String name = victim.name() + "-" + i;
      KillRound.Result result = new KillRound(name, victim, http, turns, random.split()).run();
      conversations.add(result.conversation());
      total = total.plus(result.audit());
      recoveries.add(seconds(result.recovery()));
      out.printf(
          Locale.ROOT,
          "  %2d after %,d appends: up after %.1f s, next append after %.1f s; %s; %s%n",
          i,
          result.killAfter(),
          seconds(result.restart()),
          seconds(result.recovery()),
          result.audit(),
          result.outage());
    }
    Sample recovery = Sample.of(recoveries);
    out.printf(
        Locale.ROOT,
        "  all: %s; next append after %.1f s (%.1f-%.1f)%n",
        total,
        recovery.median(),
        recovery.min(),
        recovery.max());
    return total;
  }

  private boolean checkVectors(Audit appended) {
    MemoryApi memory = new MemoryApi(http);
    long start = System.nanoTime();
    conversations.forEach(memory::awaitIndexed);
    long vectors = postgres.vectors();
    out.printf(
        Locale.ROOT,
        "%nembedding caught up in %.1f s: %,d vectors for %,d turns%n",
        (System.nanoTime() - start) / 1e9,
        vectors,
        appended.acknowledged());
    return vectors == appended.acknowledged();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /**
   * How often and how much.
   *
   * @param rounds kills of memory-service
   * @param databaseRounds kills of PostgreSQL
   * @param appends in each round
   */
  record Plan(int rounds, int databaseRounds, int appends, long seed) {}
}
