package dev.espalier.search.upstream;

import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.port.StepScorer;
import dev.espalier.search.core.spec.ProposerSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.upstream.Upstreams.Chosen;
import dev.espalier.search.upstream.http.UpstreamClient;
import dev.espalier.search.upstream.model.ChatScorer;
import dev.espalier.search.upstream.model.ModelProposer;
import dev.espalier.search.upstream.model.PrmScorer;
import dev.espalier.search.upstream.model.Sampling;
import dev.espalier.search.upstream.recorded.Recorder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes the ports that ask other services. */
public final class UpstreamPorts {

  private final Upstreams upstreams;
  private final Optional<Recorder> recorder;

  /**
   * @param recorder listens to proposers, where the operator wants a recording
   */
  public UpstreamPorts(Upstreams upstreams, Optional<Recorder> recorder) {
    this.upstreams = upstreams;
    this.recorder = recorder;
  }

  /** Over chat completions. */
  public StepProposer chat(SearchSpec spec) {
    Chosen chosen = proposer(spec, UpstreamForm.CHAT);
    UpstreamOptions options = chosen.upstream().options();
    return recorded(
        ModelProposer.chat(
            chosen.upstream().client(),
            options.dialect(),
            sampling(spec.proposer(), chosen.model()),
            options.price(),
            chosen.upstream().habits(),
            upstreams.threads()));
  }

  /** Over raw completions. */
  public StepProposer completions(SearchSpec spec) {
    Chosen chosen = proposer(spec, UpstreamForm.COMPLETIONS);
    UpstreamOptions options = chosen.upstream().options();
    return recorded(
        ModelProposer.completions(
            chosen.upstream().client(),
            options.dialect(),
            sampling(spec.proposer(), chosen.model()),
            options.price(),
            chosen.upstream().habits(),
            upstreams.threads()));
  }

  /** A process reward model. */
  public StepScorer prm(SearchSpec spec) {
    Chosen chosen = scorer(spec, List.of(UpstreamForm.PRM, UpstreamForm.SCORE));
    UpstreamOptions options = chosen.upstream().options();
    UpstreamClient client = chosen.upstream().client();
    return options.form() == UpstreamForm.PRM
        ? PrmScorer.pooling(client, chosen.model(), options.dialect(), options.price())
        : PrmScorer.score(client, chosen.model(), options.dialect(), options.price());
  }

  /** A chat model that is asked for numbers. */
  public StepScorer chatScorer(SearchSpec spec) {
    Chosen chosen = scorer(spec, List.of(UpstreamForm.CHAT));
    UpstreamOptions options = chosen.upstream().options();
    return new ChatScorer(
        chosen.upstream().client(), chosen.model(), options.dialect(), options.price());
  }

  private Chosen proposer(SearchSpec spec, UpstreamForm form) {
    return upstreams.choose("proposer.model", List.of(form), spec.proposer().model());
  }

  private Chosen scorer(SearchSpec spec, List<UpstreamForm> forms) {
    return upstreams.choose("scorer.model", forms, spec.scorer().model());
  }

  private StepProposer recorded(StepProposer proposer) {
    return recorder.map(r -> r.recording(proposer)).orElse(proposer);
  }

  private static Sampling sampling(ProposerSpec spec, String model) {
    return new Sampling(
        model,
        Objects.requireNonNullElse(spec.temperature(), Sampling.DEFAULT_TEMPERATURE),
        Objects.requireNonNullElse(spec.maxStepTokens(), Sampling.DEFAULT_MAX_TOKENS));
  }
}
