package dev.espalier.gateway.api.admin;

import dev.espalier.persistence.PagePosition;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a list; each one has to be known, and to be there once. */
final class RequestQuery {

  private static final int MAX_LIMIT = 200;
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_SKIP = 1_000_000;

  private final MultiMap parameters;

  private RequestQuery(MultiMap parameters) {
    this.parameters = parameters;
  }

  static RequestQuery of(RoutingContext context, Set<String> known) {
    MultiMap parameters = context.queryParams();
    for (String name : parameters.names()) {
      if (!known.contains(name) || parameters.getAll(name).size() > 1) {
        throw AdminProblems.invalid(
            "a parameter is unknown or there twice; known are " + String.join(", ", known));
      }
    }
    return new RequestQuery(parameters);
  }

  /** How many items a page has. */
  int limit() {
    String text = parameters.get("limit");
    int limit = text == null ? DEFAULT_LIMIT : number(text, 1, MAX_LIMIT);
    if (limit < 1) {
      throw AdminProblems.invalid("limit is not a number in 1 .. " + MAX_LIMIT);
    }
    return limit;
  }

  /** Where the page begins. */
  PagePosition position() {
    String cursor = parameters.get("cursor");
    return cursor == null ? PagePosition.NEWEST : PagePosition.of(cursor);
  }

  /** A place in a list that is ordered by a text. */
  @Nullable String after() {
    String cursor = parameters.get("cursor");
    if (cursor == null) {
      return null;
    }
    try {
      String after = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      if (RequestContext.isTenant(after)) {
        return after;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like a cursor that says nothing.
    }
    throw AdminProblems.invalid("cursor is not one of ours");
  }

  static String cursorAfter(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** How many items of the list were shown already. */
  int skip() {
    String cursor = parameters.get("cursor");
    int skip = cursor == null ? 0 : number(cursor, 0, MAX_SKIP);
    if (skip < 0) {
      throw AdminProblems.invalid("cursor is not one of ours");
    }
    return skip;
  }

  @Nullable String tenant() {
    String tenant = parameters.get("tenant");
    if (tenant != null && !RequestContext.isTenant(tenant)) {
      throw AdminProblems.invalid("tenant is not the id of a tenant");
    }
    return tenant;
  }

  @Nullable String key() {
    String key = parameters.get("key");
    if (key != null && !KeyNames.isKey(key)) {
      throw AdminProblems.invalid("key is neither an id nor the name of a configured key");
    }
    return key;
  }

  Instant time(String name, Instant otherwise) {
    String text = parameters.get(name);
    return text == null ? otherwise : RequestFields.time(name, text);
  }

  private static int number(String text, int from, int to) {
    try {
      int number = Integer.parseInt(text);
      return number >= from && number <= to ? number : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
