package dev.espalier.search.upstream;

import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.upstream.detector.DetectorGrouper;
import dev.espalier.search.upstream.http.UpstreamClient;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;

/** The configured equivalence detector, if there is one. */
public final class Detector implements AutoCloseable {

  private final Optional<DetectorOptions> options;
  private final Optional<UpstreamClient> client;

  public Detector(Optional<DetectorOptions> options, Vertx vertx, Clock clock) {
    this.options = options;
    this.client =
        options.map(o -> new UpstreamClient(o.target(), o.patience(), o.load(), vertx, clock));
  }

  /** Its client, for metrics. */
  public Optional<UpstreamClient> client() {
    return client;
  }

  /**
   * @param verbatim groups what the detector cannot, and everything where there is none
   */
  public StepGrouper grouper(SearchSpec spec, StepGrouper verbatim) {
    if (options.isEmpty() || client.isEmpty()) {
      return new NoDetector(verbatim);
    }
    return new DetectorGrouper(
        client.get(), verbatim, spec.pruning().threshold(), options.get().judge());
  }

  @Override
  public void close() {
    client.ifPresent(UpstreamClient::close);
  }
}
