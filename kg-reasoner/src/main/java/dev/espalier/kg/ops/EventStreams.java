package dev.espalier.kg.ops;

import dev.espalier.kg.config.KgConfig;
import dev.espalier.kg.resource.JobStatus;
import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.EventTail;
import dev.espalier.persistence.StoredEvent;
import dev.espalier.persistence.TenantTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.UUID;

/** The live events of jobs. */
@ApplicationScoped
public class EventStreams {

  private final EventTail tail;

  EventStreams(TenantTransactions transactions, EventTable table, KgConfig config) {
    KgConfig.Streams streams = config.streams();
    tail =
        new EventTail(
            transactions,
            table,
            new EventTail.Settings(streams.poll(), streams.pulse(), streams.max()),
            event ->
                Arrays.stream(JobStatus.values())
                    .anyMatch(s -> s.isFinal() && s.wireName().equals(event.type())));
  }

  void start(@Observes StartupEvent event) {
    tail.start();
  }

  void stop(@Observes ShutdownEvent event) {
    tail.close();
  }

  public Multi<StoredEvent> follow(String tenant, UUID job, long after) {
    return tail.follow(tenant, job, after);
  }

  /** A job has a new event. */
  public void wake() {
    tail.wake();
  }
}
