package dev.espalier.gateway.api.admin;

import dev.espalier.gateway.api.BodyReader;
import dev.espalier.gateway.core.spending.Period;
import dev.espalier.gateway.store.BudgetRecords;
import dev.espalier.gateway.store.BudgetRecords.Budget;
import dev.espalier.persistence.PagePosition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Budgets of tenants and keys, in tokens and in money. */
@Singleton
final class BudgetOperations {

  /** Below what a sum of reservations could overflow with. */
  private static final long MAX = 1_000_000_000_000_000_000L;

  private final BudgetRecords budgets;
  private final Clock clock;

  @Inject
  BudgetOperations(BudgetRecords budgets, Clock clock) {
    this.budgets = budgets;
    this.clock = clock;
  }

  Operation.Answer create(RoutingContext context) {
    RequestFields fields =
        RequestFields.of(
            BodyReader.of(context),
            Set.of("tenant", "key", "period", "limit_tokens", "limit_nanos"));
    String key = fields.text("key");
    if (key != null && !KeyNames.isKey(key)) {
      throw AdminProblems.invalid("key is neither an id nor the name of a configured key");
    }
    String wanted = fields.requiredText("period");
    Period period =
        Arrays.stream(Period.values())
            .filter(it -> it.wireName().equals(wanted))
            .findFirst()
            .orElseThrow(() -> AdminProblems.invalid("period is not total, day or month"));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Budget budget =
        new Budget(
            UUID.randomUUID(),
            fields.requiredText("tenant"),
            key,
            period,
            fields.number("limit_tokens", 0, MAX),
            fields.number("limit_nanos", 0, MAX),
            period.start(now),
            0,
            0,
            0,
            0,
            now);
    requireLimit(budget.limitTokens(), budget.limitNanos());
    if (!budgets.add(budget)) {
      throw AdminProblems.tenantNotFound(budget.tenant());
    }
    return Operation.Answer.created(body(budget));
  }

  Operation.Answer list(RoutingContext context) {
    RequestQuery query = RequestQuery.of(context, Set.of("tenant", "limit", "cursor"));
    List<Budget> page =
        budgets.page(query.tenant(), query.position(), query.limit() + 1, clock.instant());
    JsonArray items = new JsonArray();
    page.stream().limit(query.limit()).forEach(budget -> items.add(body(budget)));
    Budget last = page.size() > query.limit() ? page.get(query.limit() - 1) : null;
    return Operation.Answer.ok(
        new JsonObject()
            .put("budgets", items)
            .put(
                "next_cursor",
                last == null ? null : new PagePosition(last.createdAt(), last.id()).cursor()));
  }

  Operation.Answer get(RoutingContext context) {
    return Operation.Answer.ok(body(existing(id(context))));
  }

  Operation.Answer change(RoutingContext context) {
    UUID id = id(context);
    RequestFields fields =
        RequestFields.of(BodyReader.of(context), Set.of("limit_tokens", "limit_nanos"));
    Budget before = existing(id);
    Long tokens =
        fields.has("limit_tokens") ? fields.number("limit_tokens", 0, MAX) : before.limitTokens();
    Long nanos =
        fields.has("limit_nanos") ? fields.number("limit_nanos", 0, MAX) : before.limitNanos();
    requireLimit(tokens, nanos);
    return Operation.Answer.ok(
        budgets
            .change(id, tokens, nanos, clock.instant())
            .map(BudgetOperations::body)
            .orElseThrow(() -> AdminProblems.budgetNotFound(id.toString())));
  }

  Operation.Answer delete(RoutingContext context) {
    UUID id = id(context);
    if (!budgets.delete(id)) {
      throw AdminProblems.budgetNotFound(id.toString());
    }
    return new Operation.Answer(204, null);
  }

  private Budget existing(UUID id) {
    return budgets
        .find(id, clock.instant())
        .orElseThrow(() -> AdminProblems.budgetNotFound(id.toString()));
  }

  private static void requireLimit(@Nullable Long tokens, @Nullable Long nanos) {
    if (tokens == null && nanos == null) {
      throw AdminProblems.invalid("limit_tokens or limit_nanos is needed");
    }
  }

  private static UUID id(RoutingContext context) {
    return Ids.parse(context.pathParam("id"))
        .orElseThrow(() -> AdminProblems.budgetNotFound("its id is none"));
  }

  private static JsonObject body(Budget budget) {
    return new JsonObject()
        .put("id", budget.id().toString())
        .put("tenant", budget.tenant())
        .put("key", budget.key())
        .put("period", budget.period().wireName())
        .put("limit_tokens", budget.limitTokens())
        .put("limit_nanos", budget.limitNanos())
        .put("period_start", budget.periodStart().toString())
        .put("used_tokens", budget.usedTokens())
        .put("used_nanos", budget.usedNanos())
        .put("reserved_tokens", budget.reservedTokens())
        .put("reserved_nanos", budget.reservedNanos())
        .put("created_at", budget.createdAt().toString());
  }
}
