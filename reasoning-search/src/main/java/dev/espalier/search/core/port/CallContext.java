package dev.espalier.search.core.port;

import java.time.Instant;

/**
 * On whose behalf a call is made.
 *
 * @param tenant whose search it is
 * @param requestId what logs and upstreams see
 * @param deadline when the answer is of no more use
 * @param meter asked before every call that costs something
 */
public record CallContext(String tenant, String requestId, Instant deadline, CallMeter meter) {}
