package dev.espalier.gateway.core.access;

import dev.espalier.protocol.RequestContext;
import java.util.Set;

/**
 * Whose request this is, as its key says.
 *
 * @param key the name of the key, never the key itself
 * @param tenant whose data it may touch
 * @param scopes what it may use
 * @param limits how much it may use in a minute
 */
public record Caller(String key, String tenant, Set<Scope> scopes, KeyLimits limits) {

  public Caller {
    if (!RequestContext.isTenant(tenant)) {
      throw new IllegalArgumentException("not a tenant: " + tenant);
    }
    scopes = Set.copyOf(scopes);
  }

  /** A caller without limits. */
  public Caller(String key, String tenant, Set<Scope> scopes) {
    this(key, tenant, scopes, KeyLimits.NONE);
  }

  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }
}
