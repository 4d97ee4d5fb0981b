package dev.espalier.search.upstream.http;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import java.util.Map;

/**
 * A POST of JSON.
 *
 * @param path appended to the upstream's base
 * @param headers besides the content type and the key
 * @param atMost what it may cost, reserved before it is sent
 */
public record UpstreamRequest(
    CallKind kind,
    String path,
    String body,
    Map<String, String> headers,
    Usage atMost,
    Price price) {

  public UpstreamRequest {
    headers = Map.copyOf(headers);
  }
}
