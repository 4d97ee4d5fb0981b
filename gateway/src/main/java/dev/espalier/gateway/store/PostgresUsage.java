package dev.espalier.gateway.store;

import dev.espalier.gateway.core.spending.Usage;
import dev.espalier.persistence.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Usage records, written many at a time. */
@Singleton
public final class PostgresUsage {

  private static final int PURGE = 10_000;

  private final Database database;

  @Inject
  PostgresUsage(Database database) {
    this.database = database;
  }

  /** Adds these records; one that is there already is left as it is. */
  public void add(List<Usage> usages) {
    database.update(
        """
        INSERT INTO usage (id, at, tenant, key, request_id, operation, model, prompt_tokens,
                           completion_tokens, nanos, is_estimated, outcome)
        SELECT * FROM unnest(?::text[]::uuid[], ?::text[]::timestamptz[], ?::text[], ?::text[],
                             ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[],
                             ?::text[]::boolean[], ?::text[])
        ON CONFLICT DO NOTHING
        """,
        texts(usages, usage -> usage.id().toString()),
        texts(usages, usage -> usage.at().toString()),
        texts(usages, usage -> usage.caller().tenant()),
        texts(usages, usage -> usage.caller().key()),
        texts(usages, Usage::requestId),
        texts(usages, Usage::operation),
        texts(usages, usage -> storable(usage.model())),
        numbers(usages, usage -> usage.charge().promptTokens()),
        numbers(usages, usage -> usage.charge().completionTokens()),
        numbers(usages, usage -> usage.charge().nanos()),
        texts(usages, usage -> Boolean.toString(usage.isEstimated())),
        texts(usages, Usage::outcome));
  }

  /** Forgets what is older than this, some of it at a time. */
  public void purge(Instant before) {
    database.update(
        "DELETE FROM usage WHERE id IN (SELECT id FROM usage WHERE at < ? LIMIT ?)", before, PURGE);
  }

  /** A model's name is the client's text; PostgreSQL keeps no NUL. */
  private static String storable(String text) {
    String short200 = text.substring(0, Math.min(text.length(), 200));
    return short200.replace("\0", "");
  }

  private static String[] texts(List<Usage> usages, Function<Usage, String> member) {
    return usages.stream().map(member).toArray(String[]::new);
  }

  private static long[] numbers(List<Usage> usages, ToLongFunction<Usage> member) {
    return usages.stream().mapToLong(member).toArray();
  }
}
