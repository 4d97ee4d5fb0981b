package dev.espalier.memory.upstream;

import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.protocol.RequestContext;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * POSTs JSON to one address, with a time-out over the whole exchange and a breaker. It follows no
 * redirect, which could lead anywhere.
 */
final class ModelEndpoint {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int BREAKER_WINDOW = 10;
  private static final double BREAKER_RATIO = 0.5;
  private static final Duration BREAKER_DELAY = Duration.ofSeconds(5);

  private final URI url;
  private final Optional<String> apiKey;
  private final Duration timeout;
  private final int maxReplyBytes;
  private final PermittedAddress addresses;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final TypedGuard<String> guard =
      TypedGuard.create(String.class)
          .withCircuitBreaker()
          .requestVolumeThreshold(BREAKER_WINDOW)
          .failureRatio(BREAKER_RATIO)
          .delay(BREAKER_DELAY.toMillis(), ChronoUnit.MILLIS)
          .done()
          .build();

  ModelEndpoint(
      URI url,
      Optional<String> apiKey,
      Duration timeout,
      int maxReplyBytes,
      PermittedAddress addresses) {
    this.url = url;
    this.apiKey = apiKey;
    this.timeout = timeout;
    this.maxReplyBytes = maxReplyBytes;
    this.addresses = addresses;
  }

  /**
   * The body of the reply.
   *
   * @param tenant who is named as the one that pays; nobody, for an endpoint of others
   * @throws ModelUnavailableException when there is none in time, or too much of it
   */
  String post(String body, Optional<String> tenant) {
    try {
      return guard.call(() -> exchange(body, tenant));
    } catch (ModelUnavailableException e) {
      throw e;
    } catch (CircuitBreakerOpenException e) {
      throw new ModelUnavailableException("the endpoint failed too often, and is left alone");
    } catch (Exception e) {
      throw new ModelUnavailableException("the endpoint cannot be reached");
    }
  }

  private String exchange(String body, Optional<String> tenant)
      throws IOException, InterruptedException {
    addresses.check(url);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    tenant.ifPresent(payer -> request.header(RequestContext.TENANT_HEADER, payer));
    apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
    // The client's own time-out ends with the reply's head: a slow drip would go on for ever.
    CompletableFuture<String> reply =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
            .thenApplyAsync(this::text);
    try {
      return reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      reply.cancel(true);
      throw new ModelUnavailableException("the endpoint did not answer in time");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelUnavailableException known) {
        throw known;
      }
      throw new IOException("no reply", e.getCause());
    }
  }

  private String text(HttpResponse<InputStream> response) {
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw new ModelUnavailableException("the endpoint answers " + response.statusCode());
      }
      byte[] bytes = in.readNBytes(maxReplyBytes + 1);
      if (bytes.length > maxReplyBytes) {
        throw new ModelUnavailableException("the endpoint's answer is too long");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ModelUnavailableException("the endpoint's answer was cut off");
    }
  }
}
