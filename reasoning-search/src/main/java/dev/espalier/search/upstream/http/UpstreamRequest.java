package dev.espalier.search.upstream.http;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;

/**
 * A POST of JSON.
 *
 * @param path appended to the upstream's base
 * @param atMost what it may cost, reserved before it is sent
 */
public record UpstreamRequest(CallKind kind, String path, String body, Usage atMost, Price price) {}
