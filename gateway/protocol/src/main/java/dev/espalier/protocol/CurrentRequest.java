package dev.espalier.protocol;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The {@link RequestContext} of the request in hand, filled by {@link RequestContextFilter}. */
@RequestScoped
public class CurrentRequest {

  private @Nullable RequestContext context;

  public RequestContext context() {
    if (context == null) {
      throw new IllegalStateException("no request context: the filter has not run");
    }
    return context;
  }

  void enter(RequestContext entered) {
    context = entered;
  }
}
