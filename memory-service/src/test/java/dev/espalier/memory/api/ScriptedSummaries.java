package dev.espalier.memory.api;

import dev.espalier.testkit.ScriptedLlm;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A scripted model that summarises. */
public class ScriptedSummaries implements QuarkusTestResourceLifecycleManager {

  private final ScriptedLlm llm = new ScriptedLlm();

  @Override
  public Map<String, String> start() {
    String prefix = "espalier.memory.summary.chat.";
    return Map.of(
        prefix + "url", llm.baseUri() + "/chat/completions",
        prefix + "model", "scripted",
        prefix + "timeout", "2s",
        prefix + "delay", "0s",
        prefix + "forwards-tenant", "true",
        prefix + "allow-private-addresses", "true");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(llm, new TestInjector.MatchesType(ScriptedLlm.class));
  }

  @Override
  public void stop() {
    llm.close();
  }
}
