package dev.espalier.gateway.api.admin;

import dev.espalier.gateway.api.BodyReader;
import dev.espalier.gateway.store.TenantRecords;
import dev.espalier.gateway.store.TenantRecords.Tenant;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Tenants: who there is, and who is suspended. */
@Singleton
final class TenantOperations {

  private final TenantRecords tenants;
  private final Clock clock;

  @Inject
  TenantOperations(TenantRecords tenants, Clock clock) {
    this.tenants = tenants;
    this.clock = clock;
  }

  Operation.Answer create(RoutingContext context) {
    RequestFields fields = RequestFields.of(BodyReader.of(context), Set.of("id", "name"));
    String id = fields.requiredText("id");
    if (!RequestContext.isTenant(id)) {
      throw AdminProblems.invalid("id is not 1 to 64 of A-Z a-z 0-9 _ . -");
    }
    String name = fields.text("name");
    Tenant tenant =
        new Tenant(
            id, name == null ? id : name, false, clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (!tenants.add(tenant)) {
      throw AdminProblems.tenantExists(id);
    }
    return Operation.Answer.created(body(tenant));
  }

  Operation.Answer list(RoutingContext context) {
    RequestQuery query = RequestQuery.of(context, Set.of("limit", "cursor"));
    List<Tenant> page = tenants.after(query.after(), query.limit() + 1);
    JsonArray items = new JsonArray();
    page.stream().limit(query.limit()).forEach(tenant -> items.add(body(tenant)));
    return Operation.Answer.ok(
        new JsonObject()
            .put("tenants", items)
            .put(
                "next_cursor",
                page.size() > query.limit()
                    ? RequestQuery.cursorAfter(page.get(query.limit() - 1).id())
                    : null));
  }

  Operation.Answer get(RoutingContext context) {
    String id = context.pathParam("id");
    return Operation.Answer.ok(
        tenants
            .find(known(id))
            .map(TenantOperations::body)
            .orElseThrow(() -> AdminProblems.tenantNotFound(id)));
  }

  Operation.Answer change(RoutingContext context) {
    String id = context.pathParam("id");
    RequestFields fields = RequestFields.of(BodyReader.of(context), Set.of("name", "suspended"));
    return Operation.Answer.ok(
        tenants
            .change(known(id), fields.text("name"), fields.flag("suspended"))
            .map(TenantOperations::body)
            .orElseThrow(() -> AdminProblems.tenantNotFound(id)));
  }

  private static String known(String id) {
    if (!RequestContext.isTenant(id)) {
      throw AdminProblems.tenantNotFound("its id is none");
    }
    return id;
  }

  private static JsonObject body(Tenant tenant) {
    return new JsonObject()
        .put("id", tenant.id())
        .put("name", tenant.name())
        .put("suspended", tenant.isSuspended())
        .put("created_at", tenant.createdAt().toString());
  }
}
