package dev.espalier.gateway.upstream;

import dev.espalier.gateway.core.Framing;
import dev.espalier.protocol.RequestContext;

/**
 * What the checks on arrival found out about a request.
 *
 * @param context who asks, under which id, until when
 * @param isHurried whether the deadline is the client's, which is shorter than ours
 * @param framing how its body ends; never ambiguous
 * @param maxBodyBytes how long the body may be
 */
public record Admission(
    RequestContext context, boolean isHurried, Framing framing, long maxBodyBytes) {}
