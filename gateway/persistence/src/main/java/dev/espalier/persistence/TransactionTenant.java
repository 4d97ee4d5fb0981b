package dev.espalier.persistence;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The tenant of the transaction in hand. Queries for a conversation name it; row-level security is
 * the second wall, for the query that forgets to.
 */
@TransactionScoped
public class TransactionTenant implements Serializable {

  private static final long serialVersionUID = 1L;

  private @Nullable String tenant;

  void enter(String entered) {
    tenant = entered;
  }

  public String id() {
    if (tenant == null) {
      throw new IllegalStateException("the transaction has not entered a tenant");
    }
    return tenant;
  }
}
