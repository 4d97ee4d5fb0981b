package dev.espalier.memory.ops;

import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.summary.AbstractiveMemory;
import dev.espalier.memory.core.summary.CompactMemory;
import dev.espalier.memory.store.PostgresSummaryQueue;
import dev.espalier.memory.upstream.ChatAbstractor;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** The worker that has a model summarise, where one is configured. */
@ApplicationScoped
class AbstractiveSummaries {

  private static final String FACTS = "espalier.memory.summary.facts";

  private final Optional<BackgroundTasks> tasks;

  AbstractiveSummaries(
      MemoryConfig config,
      UnitOfWork work,
      CompactMemory memory,
      TenantTransactions transactions,
      Database database,
      MeterRegistry meters,
      Clock clock) {
    tasks =
        config
            .summary()
            .chat()
            .url()
            .map(
                url -> {
                  AbstractiveMemory abstractive =
                      new AbstractiveMemory(
                          work,
                          memory,
                          new ChatAbstractor(url, config.summary().chat()),
                          config.summary().bodyTokens(),
                          counting(meters));
                  return new BackgroundTasks(
                      transactions,
                      database,
                      clock,
                      PostgresSummaryQueue.TABLE,
                      (id, scope, claim, shouldStop) ->
                          abstractive.improve(scope, id, claim, shouldStop));
                });
  }

  void start(@Observes StartupEvent event) {
    tasks.ifPresent(BackgroundTasks::start);
  }

  void stop(@Observes ShutdownEvent event) {
    tasks.ifPresent(BackgroundTasks::close);
  }

  private static Consumer<AbstractiveMemory.Checked> counting(MeterRegistry meters) {
    Counter kept = facts(meters, "kept");
    Counter dropped = facts(meters, "dropped");
    return checked -> {
      kept.increment(checked.kept());
      dropped.increment(checked.dropped());
    };
  }

  private static Counter facts(MeterRegistry meters, String outcome) {
    return Counter.builder(FACTS)
        .description("Facts of a summarising model, kept or dropped by the grounding check")
        .tag("outcome", outcome)
        .register(meters);
  }
}
