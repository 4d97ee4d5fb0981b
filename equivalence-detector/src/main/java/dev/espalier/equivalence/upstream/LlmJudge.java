package dev.espalier.equivalence.upstream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.equivalence.config.DetectorConfig;
import dev.espalier.equivalence.core.compare.PairJudge;
import dev.espalier.protocol.CurrentRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jboss.logging.Logger;

/** Asks a language model about undecided pairs, one call per batch; a failure is an answer too. */
@ApplicationScoped
public class LlmJudge implements PairJudge {

  private static final Logger LOG = Logger.getLogger(LlmJudge.class);

  private final DetectorConfig.Judge config;
  private final JudgeEndpoint endpoint;
  private final CurrentRequest current;
  private final ObjectMapper json = new ObjectMapper();

  LlmJudge(DetectorConfig config, JudgeEndpoint endpoint, CurrentRequest current) {
    this.config = config.judge();
    this.endpoint = endpoint;
    this.current = current;
    if (this.config.enabled() && this.config.url().isEmpty()) {
      throw new IllegalStateException("espalier.equivalence.judge.url is missing");
    }
  }

  public boolean isEnabled() {
    return config.enabled();
  }

  @Override
  public Answer ask(List<Question> questions) {
    List<Question> asked = questions.stream().limit(config.maxPairs()).toList();
    String body = JudgePrompt.body(json, config.model(), asked);
    try {
      String reply = endpoint.post(config.url().orElseThrow(), body, current.context());
      return markedIfPartial(JudgeReply.read(json, body, reply, asked.size()), questions.size());
    } catch (JudgeFailure | FaultToleranceException e) {
      LOG.warnf("the judge failed: %s", e.getMessage());
      return failed("judge_unavailable");
    }
  }

  /** Says so where questions were left out, or came back without a level. */
  private static Answer markedIfPartial(Answer answer, int questions) {
    long levels = answer.levels().stream().filter(Optional::isPresent).count();
    return answer.failure().isPresent() || levels == questions
        ? answer
        : new Answer(answer.levels(), answer.usage(), Optional.of("judge_partial"));
  }

  private static Answer failed(String code) {
    return new Answer(List.of(), Usage.NONE, Optional.of(code));
  }
}
