package dev.espalier.search.upstream.http;

import dev.espalier.protocol.egress.UpstreamUrl;
import java.util.Optional;

/**
 * Where an upstream is.
 *
 * @param name the upstream's name in configuration, metrics and messages
 * @param apiKey sent as bearer token
 * @param allowsPrivateAddresses whether it may be on loopback or in a private network
 * @param forwardsTenant whether it is told whose search it works for, under which request id, and
 *     how long anybody waits
 */
public record Target(
    String name,
    UpstreamUrl url,
    Optional<ApiKey> apiKey,
    boolean allowsPrivateAddresses,
    boolean forwardsTenant) {}
