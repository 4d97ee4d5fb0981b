package dev.espalier.memory.store;

import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.core.summary.SummaryQueue;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The rows of {@code summary_task}; none where no model is configured. */
@ApplicationScoped
public class PostgresSummaryQueue implements SummaryQueue {

  /** As the background workers know it. */
  public static final String TABLE = "summary_task";

  private final Database database;
  private final TransactionTenant tenant;
  private final MemoryConfig.Chat chat;

  PostgresSummaryQueue(Database database, TransactionTenant tenant, MemoryConfig config) {
    this.database = database;
    this.tenant = tenant;
    this.chat = config.summary().chat();
  }

  @Override
  public void request(UUID conversation) {
    if (chat.url().isPresent()) {
      database.update(
          """
          INSERT INTO summary_task (id, tenant_id, due_at)
          VALUES (?, ?, now() + ? * interval '1 millisecond') ON CONFLICT DO NOTHING
          """,
          conversation,
          tenant.id(),
          chat.delay().toMillis());
    }
  }
}
