package dev.espalier.memory.ops;

import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.store.PostgresConversationEvents;
import dev.espalier.memory.store.PostgresConversationEvents.Published;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.EventTail;
import dev.espalier.persistence.StoredEvent;
import dev.espalier.persistence.TenantTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.UUID;

/** Follows conversations. The stream ends when the conversation goes. */
@ApplicationScoped
public class ConversationTail {

  private final EventTable table;
  private final EventTail tail;

  ConversationTail(MemoryConfig config, TenantTransactions transactions, Database database) {
    table = PostgresConversationEvents.table(database);
    tail =
        new EventTail(
            transactions,
            table,
            new EventTail.Settings(
                config.events().poll(), config.events().pulse(), config.events().maxFollowers()),
            event -> event.type().equals(ConversationEvent.DELETED));
  }

  /** The events after a number. */
  public Multi<StoredEvent> follow(String tenant, UUID conversation, long after) {
    return tail.follow(tenant, conversation, after);
  }

  /** The number of the first event that can still be read; 0 when there is none. */
  public long firstKept(UUID conversation) {
    return table.after(conversation, 0, 1).stream().mapToLong(StoredEvent::seq).sum();
  }

  void start(@Observes StartupEvent event) {
    tail.start();
  }

  void stop(@Observes ShutdownEvent event) {
    tail.close();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Published event) {
    if (tail.followers() > 0) {
      tail.wake();
    }
  }
}
