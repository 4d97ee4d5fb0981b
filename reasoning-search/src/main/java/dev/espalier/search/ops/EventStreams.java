package dev.espalier.search.ops;

import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.EventTail;
import dev.espalier.persistence.StoredEvent;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.search.config.SearchConfig;
import dev.espalier.search.store.EventCodec;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;

/** The live events of searches. */
@ApplicationScoped
public class EventStreams {

  private final EventTail tail;

  EventStreams(TenantTransactions transactions, EventTable table, SearchConfig config) {
    SearchConfig.Streams streams = config.streams();
    tail =
        new EventTail(
            transactions,
            table,
            new EventTail.Settings(streams.poll(), streams.pulse(), streams.max()),
            event -> event.type().equals(EventCodec.FINISHED));
  }

  void start(@Observes StartupEvent event) {
    tail.start();
  }

  void stop(@Observes ShutdownEvent event) {
    tail.close();
  }

  public Multi<StoredEvent> follow(String tenant, UUID search, long after) {
    return tail.follow(tenant, search, after);
  }

  /** A search of this process has a new event. */
  void wake() {
    tail.wake();
  }

  int followers() {
    return tail.followers();
  }
}
