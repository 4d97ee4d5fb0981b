package dev.espalier.kg.api;

import dev.espalier.kg.resource.Scope;
import dev.espalier.protocol.CurrentRequest;
import dev.espalier.protocol.RequestContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The scope of the request in hand. */
@ApplicationScoped
class Caller {

  private final CurrentRequest current;

  Caller(CurrentRequest current) {
    this.current = current;
  }

  Scope scope() {
    RequestContext context = current.context();
    return new Scope(context.tenant(), context.deadline());
  }
}
