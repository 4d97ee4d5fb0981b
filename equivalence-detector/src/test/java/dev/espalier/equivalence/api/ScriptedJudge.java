package dev.espalier.equivalence.api;

import dev.espalier.testkit.ScriptedLlm;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Starts a scripted model and points the service's judge at it. */
public class ScriptedJudge implements QuarkusTestResourceLifecycleManager {

  private final ScriptedLlm llm = new ScriptedLlm();

  @Override
  public Map<String, String> start() {
    return Map.of(
        "espalier.equivalence.judge.enabled", "true",
        "espalier.equivalence.judge.url", llm.baseUri() + "/chat/completions",
        "espalier.equivalence.judge.api-key", "secret-of-the-judge",
        "espalier.equivalence.judge.forwards-tenant", "true",
        "espalier.equivalence.judge.timeout", "500ms");
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
