package dev.espalier.equivalence.upstream;

import dev.espalier.equivalence.config.DetectorConfig;
import dev.espalier.protocol.RequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** One POST to the endpoint, with a time-out, one retry and a breaker. */
@ApplicationScoped
public class JudgeEndpoint {

  /** A reply is a short list; a longer one is cut here and then malformed. */
  private static final int MAX_REPLY_BYTES = 256 * 1024;

  private final DetectorConfig.Judge config;
  private final HttpClient http;

  JudgeEndpoint(DetectorConfig config) {
    this.config = config.judge();
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * The body of the reply.
   *
   * @throws JudgeFailure where there is none in time
   */
  @Timeout(value = 30, unit = ChronoUnit.SECONDS)
  @Retry(maxRetries = 1, delay = 100, delayUnit = ChronoUnit.MILLIS, retryOn = JudgeFailure.class)
  @CircuitBreaker(
      requestVolumeThreshold = 10,
      failureRatio = 0.5,
      delay = 5_000,
      failOn = {JudgeFailure.class, TimeoutException.class})
  public String post(URI url, String body, RequestContext context) {
    Duration left = context.remaining(Instant.now());
    if (left.isNegative() || left.isZero()) {
      throw new TimeoutException("no time left for the judge");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(left.compareTo(config.timeout()) < 0 ? left : config.timeout())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (config.forwardsTenant()) {
      request
          .header(RequestContext.TENANT_HEADER, context.tenant())
          .header(RequestContext.REQUEST_ID_HEADER, context.requestId())
          .header(RequestContext.TIMEOUT_HEADER, Long.toString(Math.max(1, left.toMillis())));
    }
    config.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() != 200) {
          throw new JudgeFailure("status " + response.statusCode());
        }
        return new String(in.readNBytes(MAX_REPLY_BYTES), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new JudgeFailure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JudgeFailure(e);
    }
  }
}
