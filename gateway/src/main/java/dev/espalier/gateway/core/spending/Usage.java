package dev.espalier.gateway.core.spending;

import dev.espalier.gateway.core.access.Caller;
import java.time.Instant;
import java.util.UUID;

/**
 * What one call to a language model used.
 *
 * @param caller whose key and tenant pay
 * @param requestId of the client's request
 * @param operation what was done, such as {@code chat}
 * @param model as the client named it
 * @param isEstimated whether we counted ourselves
 * @param outcome how the call ended
 */
public record Usage(
    UUID id,
    Instant at,
    Caller caller,
    String requestId,
    String operation,
    String model,
    Charge charge,
    boolean isEstimated,
    String outcome) {}
