package dev.espalier.search.config;

import dev.espalier.search.core.answer.StatedAnswers;
import dev.espalier.search.core.arithmetic.ArithmeticProposer;
import dev.espalier.search.core.arithmetic.Habits;
import dev.espalier.search.core.group.EverythingGrouper;
import dev.espalier.search.core.group.NoGrouper;
import dev.espalier.search.core.group.VerbatimGrouper;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.port.StepScorer;
import dev.espalier.search.core.score.ArithmeticCheck;
import dev.espalier.search.core.score.FrequencyScorer;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.upstream.Detector;
import dev.espalier.search.upstream.Ports;
import dev.espalier.search.upstream.Upstream;
import dev.espalier.search.upstream.UpstreamPorts;
import dev.espalier.search.upstream.Upstreams;
import dev.espalier.search.upstream.recorded.RecordedProposer;
import dev.espalier.search.upstream.recorded.Recorder;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes what searches may ask, when the service starts. */
@Singleton
public class ConfiguredPorts {

  @Produces
  @Singleton
  ParsedUpstreams parsed(UpstreamsConfig config) {
    return ParsedUpstreams.of(config);
  }

  @Produces
  @Singleton
  Upstreams upstreams(ParsedUpstreams parsed, Vertx vertx, Clock clock) {
    return new Upstreams(
        parsed.upstreams().stream().map(options -> Upstream.of(options, vertx, clock)).toList());
  }

  void close(@Disposes Upstreams upstreams) {
    upstreams.close();
  }

  @Produces
  @Singleton
  Detector detector(ParsedUpstreams parsed, Vertx vertx, Clock clock) {
    return new Detector(parsed.detector(), vertx, clock);
  }

  void close(@Disposes Detector detector) {
    detector.close();
  }

  @Produces
  @Singleton
  @Startup
  Ports ports(UpstreamsConfig config, Upstreams upstreams, Detector detector) {
    UpstreamPorts remote =
        new UpstreamPorts(upstreams, config.recording().record().map(Recorder::new));
    Map<String, Function<SearchSpec, StepProposer>> proposers = new HashMap<>();
    proposers.put("arithmetic", ConfiguredPorts::arithmetic);
    proposers.put("chat", remote::chat);
    proposers.put("completions", remote::completions);
    recorded(config.recording().replay())
        .ifPresent(recorded -> proposers.put("recorded", spec -> recorded));
    StepScorer check = new ArithmeticCheck();
    StepScorer frequency = new FrequencyScorer();
    Map<String, Function<SearchSpec, StepScorer>> scorers =
        Map.of(
            "arithmetic_check",
            spec -> check,
            "frequency",
            spec -> frequency,
            "prm",
            remote::prm,
            "chat",
            remote::chatScorer);
    StepGrouper none = new NoGrouper();
    StepGrouper verbatim = new VerbatimGrouper();
    StepGrouper everything = new EverythingGrouper();
    Map<PruningMode, Function<SearchSpec, StepGrouper>> groupers =
        Map.of(
            PruningMode.NONE, spec -> none,
            PruningMode.VERBATIM, spec -> verbatim,
            PruningMode.EVERYTHING, spec -> everything,
            PruningMode.EQUIVALENCE, spec -> detector.grouper(spec, verbatim));
    return new Ports(proposers, scorers, groupers, new StatedAnswers());
  }

  private static StepProposer arithmetic(SearchSpec spec) {
    Double rate = spec.proposer().duplicateRate();
    return new ArithmeticProposer(rate == null ? Habits.RECORDED : Habits.RECORDED.repeating(rate));
  }

  private static Optional<StepProposer> recorded(Optional<Path> file) {
    try {
      return file.map(RecordedProposer::new);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "espalier.search.recording.replay: " + file.orElseThrow() + " " + e.getMessage(), e);
    }
  }
}
