package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.llm.TokenUsage;
import io.vertx.core.json.JsonObject;

/** What a call used, as OpenAI writes it; {@code estimated} says that we counted. */
public final class UsageBody {

  private UsageBody() {}

  public static JsonObject of(TokenUsage usage) {
    JsonObject body =
        new JsonObject()
            .put("prompt_tokens", usage.prompt())
            .put("completion_tokens", usage.completion())
            .put("total_tokens", usage.total());
    return usage.isEstimated() ? body.put("estimated", true) : body;
  }
}
