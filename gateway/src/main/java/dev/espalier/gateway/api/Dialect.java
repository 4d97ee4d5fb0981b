package dev.espalier.gateway.api;

import dev.espalier.gateway.core.access.Scope;
import io.vertx.ext.web.Router;
import java.util.Optional;

/**
 * An API that the gateway itself speaks. Every bean of this type is opened at start.
 *
 * <p>Its requests have passed {@link Arrival} (limits of the head, the path) and {@link Doorkeeper}
 * (framing, key, scope) when its handlers see them.
 */
public interface Dialect {

  /** As metrics and the access log call it. */
  String name();

  /** Whether a request belongs to this dialect; asked before anything else is known of it. */
  boolean speaks(String method, String path);

  /** What a key must be allowed to use. */
  Scope scope(String method, String path);

  /** Whether it asks for scopes itself, because they depend on more than the path. */
  default boolean checksScopes() {
    return false;
  }

  /** How its clients expect errors. */
  Envelope envelope();

  /** The class path resource that describes it as an OpenAPI document, where there is one. */
  default Optional<String> description() {
    return Optional.empty();
  }

  /** Adds its routes; bodies are not read yet. */
  void open(Router router);
}
