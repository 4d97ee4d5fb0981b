package dev.espalier.gateway.api.admin;

import dev.espalier.gateway.core.spending.Usage;
import dev.espalier.gateway.store.UsageReports;
import dev.espalier.gateway.store.UsageReports.Day;
import dev.espalier.gateway.store.UsageReports.Filter;
import dev.espalier.persistence.PagePosition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Usage, call by call and by day. */
@Singleton
final class UsageOperations {

  private static final Set<String> PARAMETERS =
      Set.of("tenant", "key", "from", "to", "limit", "cursor");
  private static final Duration DEFAULT_SPAN = Duration.ofDays(30);

  private final UsageReports reports;
  private final Clock clock;

  @Inject
  UsageOperations(UsageReports reports, Clock clock) {
    this.reports = reports;
    this.clock = clock;
  }

  Operation.Answer calls(RoutingContext context) {
    RequestQuery query = RequestQuery.of(context, PARAMETERS);
    List<Usage> page = reports.page(filter(query), query.position(), query.limit() + 1);
    JsonArray items = new JsonArray();
    page.stream().limit(query.limit()).forEach(usage -> items.add(body(usage)));
    Usage last = page.size() > query.limit() ? page.get(query.limit() - 1) : null;
    return Operation.Answer.ok(
        new JsonObject()
            .put("usage", items)
            .put(
                "next_cursor",
                last == null ? null : new PagePosition(last.at(), last.id()).cursor()));
  }

  Operation.Answer days(RoutingContext context) {
    RequestQuery query = RequestQuery.of(context, PARAMETERS);
    int skip = query.skip();
    List<Day> page = reports.days(filter(query), skip, query.limit() + 1);
    JsonArray items = new JsonArray();
    page.stream().limit(query.limit()).forEach(day -> items.add(body(day)));
    return Operation.Answer.ok(
        new JsonObject()
            .put("days", items)
            .put(
                "next_cursor",
                page.size() > query.limit() ? Integer.toString(skip + query.limit()) : null));
  }

  private Filter filter(RequestQuery query) {
    Instant to = query.time("to", clock.instant().plus(Duration.ofDays(1)));
    Instant from = query.time("from", to.minus(DEFAULT_SPAN));
    return new Filter(query.tenant(), query.key(), from, to);
  }

  private static JsonObject body(Usage usage) {
    return new JsonObject()
        .put("id", usage.id().toString())
        .put("at", usage.at().toString())
        .put("tenant", usage.caller().tenant())
        .put("key", usage.caller().key())
        .put("request_id", usage.requestId())
        .put("operation", usage.operation())
        .put("model", usage.model())
        .put("prompt_tokens", usage.charge().promptTokens())
        .put("completion_tokens", usage.charge().completionTokens())
        .put("nanos", usage.charge().nanos())
        .put("estimated", usage.isEstimated())
        .put("outcome", usage.outcome());
  }

  private static JsonObject body(Day day) {
    return new JsonObject()
        .put("day", day.day())
        .put("tenant", day.tenant())
        .put("key", day.key())
        .put("model", day.model())
        .put("calls", day.calls())
        .put("prompt_tokens", day.promptTokens())
        .put("completion_tokens", day.completionTokens())
        .put("nanos", day.nanos());
  }
}
