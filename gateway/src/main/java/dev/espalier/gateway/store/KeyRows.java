package dev.espalier.gateway.store;

import dev.espalier.gateway.core.access.KeyLimits;
import dev.espalier.gateway.core.access.ManagedKey;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.persistence.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code api_key}. */
final class KeyRows {

  private KeyRows() {}

  static ManagedKey read(ResultSet row) throws SQLException {
    byte @Nullable [] previous = row.getBytes("previous_hash");
    Instant previousUntil = Database.instant(row, "previous_valid_until");
    return new ManagedKey(
        row.getObject("id", UUID.class),
        row.getString("tenant"),
        row.getString("name"),
        row.getBytes("hash"),
        previous == null || previousUntil == null
            ? null
            : new ManagedKey.Previous(previous, previousUntil),
        scopes((String[]) row.getArray("scopes").getArray()),
        new KeyLimits(
            row.getObject("requests_per_minute", Long.class),
            row.getObject("tokens_per_minute", Long.class)),
        Objects.requireNonNull(Database.instant(row, "created_at")),
        Database.instant(row, "expires_at"),
        Database.instant(row, "revoked_at"));
  }

  static String[] names(Set<Scope> scopes) {
    return scopes.stream().map(Scope::wireName).sorted().toArray(String[]::new);
  }

  /** A scope that this version does not know opens nothing here. */
  private static Set<Scope> scopes(String[] names) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    Arrays.stream(names).forEach(name -> Scope.named(name).ifPresent(scopes::add));
    return scopes;
  }
}
