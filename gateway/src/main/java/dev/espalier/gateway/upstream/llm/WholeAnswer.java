package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.llm.TokenUsage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A model's whole answer.
 *
 * @param text as it is to be sent on
 * @param json the same, read
 * @param headers what the client is told as response headers
 */
public record WholeAnswer(
    Buffer text, JsonObject json, TokenUsage usage, Map<String, String> headers) {}
