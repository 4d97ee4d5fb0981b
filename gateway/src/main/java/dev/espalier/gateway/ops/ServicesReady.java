package dev.espalier.gateway.ops;

import dev.espalier.gateway.upstream.Upstream;
import dev.espalier.gateway.upstream.Upstreams;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** The gateway is ready when every service behind it says that it is. */
@Readiness
@Singleton
final class ServicesReady implements AsyncHealthCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Upstreams upstreams;

  @Inject
  ServicesReady(Upstreams upstreams) {
    this.upstreams = upstreams;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    Map<String, Future<?>> answers = new TreeMap<>();
    for (Upstream upstream : upstreams.all()) {
      answers.put(upstream.name(), upstream.fetch("/q/health/ready", PATIENCE));
    }
    return Uni.createFrom()
        .completionStage(
            Future.join(answers.values().stream().toList())
                .otherwiseEmpty()
                .map(done -> response(answers))
                .toCompletionStage());
  }

  private static HealthCheckResponse response(Map<String, Future<?>> answers) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("services");
    answers.forEach((name, answer) -> response.withData(name, answer.succeeded() ? "UP" : "DOWN"));
    return response.status(answers.values().stream().allMatch(Future::succeeded)).build();
  }
}
