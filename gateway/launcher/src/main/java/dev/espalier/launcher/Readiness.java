package dev.espalier.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Waits until a service says that it is ready. */
final class Readiness {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration STEP = Duration.ofMillis(100);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(STEP).build();

  /**
   * Returns when the service is ready, and also when a process of the stack has ended.
   *
   * @throws LaunchException if it is neither within two minutes
   */
  void await(ServiceSpec service, int port, CompletableFuture<ChildProcess> firstDeath) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!firstDeath.isDone() && !isReady(request)) {
      if (System.nanoTime() > deadline) {
        throw new LaunchException(
            service.name() + " is not ready after " + LIMIT.toSeconds() + " s");
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  private boolean isReady(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted", e);
    }
  }
}
