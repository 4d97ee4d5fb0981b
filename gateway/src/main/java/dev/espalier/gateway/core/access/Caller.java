package dev.espalier.gateway.core.access;

import dev.espalier.protocol.RequestContext;
import java.util.Set;

/**
 * Whose request this is, as its key says.
 *
 * @param key the name of the key, never the key itself
 * @param tenant whose data it may touch
 * @param scopes what it may use
 */
public record Caller(String key, String tenant, Set<Scope> scopes) {

  public Caller {
    if (!RequestContext.isTenant(tenant)) {
      throw new IllegalArgumentException("not a tenant: " + tenant);
    }
    scopes = Set.copyOf(scopes);
  }

  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }
}
