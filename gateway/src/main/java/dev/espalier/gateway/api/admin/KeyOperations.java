package dev.espalier.gateway.api.admin;

import dev.espalier.gateway.api.BodyReader;
import dev.espalier.gateway.core.ApiKey;
import dev.espalier.gateway.core.access.KeyLimits;
import dev.espalier.gateway.core.access.KeyText;
import dev.espalier.gateway.core.access.ManagedKey;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.store.KeyRecords;
import dev.espalier.persistence.PagePosition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keys: made, limited, rotated, revoked. The key itself is in the answer that makes it, once. */
@Singleton
final class KeyOperations {

  private static final Duration MAX_GRACE = Duration.ofDays(30);

  private static final Set<String> CHANGEABLE =
      Set.of("name", "scopes", "expires_at", "requests_per_minute", "tokens_per_minute");

  private static final Set<String> MEMBERS =
      Set.of("tenant", "name", "scopes", "expires_at", "requests_per_minute", "tokens_per_minute");

  private final KeyRecords keys;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  KeyOperations(KeyRecords keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  Operation.Answer create(RoutingContext context) {
    RequestFields fields = RequestFields.of(BodyReader.of(context), MEMBERS);
    UUID id = UUID.randomUUID();
    String text = KeyText.create(id, random);
    Set<Scope> scopes = fields.scopes("scopes");
    ManagedKey key =
        new ManagedKey(
            id,
            fields.requiredText("tenant"),
            fields.requiredText("name"),
            ApiKey.hashOf(text),
            null,
            scopes == null ? Scope.OF_TENANTS : scopes,
            fields.limits(KeyLimits.NONE),
            now(),
            fields.time("expires_at"),
            null);
    if (!keys.add(key)) {
      throw AdminProblems.tenantNotFound(key.tenant());
    }
    return Operation.Answer.created(body(key).put("key", text));
  }

  Operation.Answer list(RoutingContext context) {
    RequestQuery query = RequestQuery.of(context, Set.of("tenant", "limit", "cursor"));
    List<ManagedKey> page = keys.page(query.tenant(), query.position(), query.limit() + 1);
    JsonArray items = new JsonArray();
    page.stream().limit(query.limit()).forEach(key -> items.add(body(key)));
    ManagedKey last = page.size() > query.limit() ? page.get(query.limit() - 1) : null;
    return Operation.Answer.ok(
        new JsonObject()
            .put("keys", items)
            .put(
                "next_cursor",
                last == null ? null : new PagePosition(last.createdAt(), last.id()).cursor()));
  }

  Operation.Answer get(RoutingContext context) {
    UUID id = id(context);
    return Operation.Answer.ok(
        keys.find(id)
            .map(KeyOperations::body)
            .orElseThrow(() -> AdminProblems.keyNotFound(id.toString())));
  }

  Operation.Answer change(RoutingContext context) {
    RequestFields fields = RequestFields.of(BodyReader.of(context), CHANGEABLE);
    String name = fields.text("name");
    Set<Scope> scopes = fields.scopes("scopes");
    Instant expiresAt = fields.time("expires_at");
    return changed(
        context,
        key ->
            new ManagedKey(
                key.id(),
                key.tenant(),
                name == null ? key.name() : name,
                key.hash(),
                key.previous(),
                scopes == null ? key.scopes() : scopes,
                fields.limits(key.limits()),
                key.createdAt(),
                fields.has("expires_at") ? expiresAt : key.expiresAt(),
                key.revokedAt()));
  }

  /** A second time changes nothing. */
  Operation.Answer revoke(RoutingContext context) {
    RequestFields.of(BodyReader.of(context), Set.of());
    Instant now = now();
    UUID id = id(context);
    return keys.change(id, key -> key.revokedAt() != null ? key : with(key, key.hash(), null, now))
        .map(key -> Operation.Answer.ok(body(key)))
        .orElseThrow(() -> AdminProblems.keyNotFound(id.toString()));
  }

  /** A new secret for the same key; the old one opens for the grace that was asked for. */
  Operation.Answer rotate(RoutingContext context) {
    RequestFields fields = RequestFields.of(BodyReader.of(context), Set.of("grace_seconds"));
    Long grace = fields.number("grace_seconds", 0, MAX_GRACE.toSeconds());
    Instant now = now();
    String text = KeyText.create(id(context), random);
    Operation.Answer answer =
        changed(
            context,
            key ->
                with(
                    key,
                    ApiKey.hashOf(text),
                    grace == null || grace == 0
                        ? null
                        : new ManagedKey.Previous(key.hash(), now.plusSeconds(grace)),
                    null));
    if (answer.body() != null) {
      answer.body().put("key", text);
    }
    return answer;
  }

  private Operation.Answer changed(RoutingContext context, UnaryOperator<ManagedKey> change) {
    UUID id = id(context);
    return keys.change(
            id,
            key -> {
              if (key.revokedAt() != null) {
                throw AdminProblems.keyRevoked(id.toString());
              }
              return change.apply(key);
            })
        .map(key -> Operation.Answer.ok(body(key)))
        .orElseThrow(() -> AdminProblems.keyNotFound(id.toString()));
  }

  private static ManagedKey with(
      ManagedKey key,
      byte[] hash,
      ManagedKey.@Nullable Previous previous,
      @Nullable Instant revokedAt) {
    return new ManagedKey(
        key.id(),
        key.tenant(),
        key.name(),
        hash,
        previous,
        key.scopes(),
        key.limits(),
        key.createdAt(),
        key.expiresAt(),
        revokedAt);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static UUID id(RoutingContext context) {
    String text = context.pathParam("id");
    return Ids.parse(text).orElseThrow(() -> AdminProblems.keyNotFound("its id is none"));
  }

  private static JsonObject body(ManagedKey key) {
    JsonArray scopes = new JsonArray();
    key.scopes().stream().map(Scope::wireName).sorted().forEach(scopes::add);
    Instant expiresAt = key.expiresAt();
    Instant revokedAt = key.revokedAt();
    return new JsonObject()
        .put("id", key.id().toString())
        .put("tenant", key.tenant())
        .put("name", key.name())
        .put("scopes", scopes)
        .put("requests_per_minute", key.limits().requestsPerMinute())
        .put("tokens_per_minute", key.limits().tokensPerMinute())
        .put("created_at", key.createdAt().toString())
        .put("expires_at", expiresAt == null ? null : expiresAt.toString())
        .put("revoked_at", revokedAt == null ? null : revokedAt.toString());
  }
}
