package dev.espalier.search.upstream;

import dev.espalier.search.upstream.http.UpstreamClient;
import dev.espalier.search.upstream.model.Habits;
import io.vertx.core.Vertx;
import java.time.Clock;

/** A configured upstream, its client, and what was found out about it. */
public record Upstream(UpstreamOptions options, UpstreamClient client, Habits habits) {

  public static Upstream of(UpstreamOptions options, Vertx vertx, Clock clock) {
    return new Upstream(
        options,
        new UpstreamClient(options.target(), options.patience(), options.load(), vertx, clock),
        new Habits());
  }
}
