package dev.espalier.helm.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A pod of a deployment, looked after as a kubelet would: probed, and stopped in the chart's way.
 */
final class ServingPod {

  private final Sandbox.Running running;
  private final JsonNode container;
  private final long graceSeconds;
  private final long startedAt = System.nanoTime();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private volatile boolean isAdmitted = true;
  private volatile boolean isReady;
  private volatile boolean isTerminating;
  private volatile long startedMillis = -1;
  private volatile long readyMillis = -1;
  private volatile int restarts;
  private long toldToEndAt;

  ServingPod(Sandbox.Running running, JsonNode pod) {
    this.running = running;
    this.container = pod.at("/spec/containers/0");
    this.graceSeconds = pod.at("/spec/terminationGracePeriodSeconds").asLong();
    Thread kubelet = new Thread(this::probe, "kubelet-" + running.name());
    kubelet.setDaemon(true);
    kubelet.start();
  }

  Sandbox.Running running() {
    return running;
  }

  /** Keeps it out of its service, or lets it in, so that we know which pod has a request. */
  void admit(boolean isAdmitted) {
    this.isAdmitted = isAdmitted;
  }

  /** Whether services may send to it. */
  boolean isEndpoint() {
    return isAdmitted && isReady && !isTerminating && running.process().isAlive();
  }

  boolean isReady() {
    return isReady;
  }

  long startedMillis() {
    return startedMillis;
  }

  long readyMillis() {
    return readyMillis;
  }

  /** How often a kubelet would have restarted it for its liveness. */
  int restarts() {
    return restarts;
  }

  InetSocketAddress http() {
    return new InetSocketAddress(running.address(), port("http"));
  }

  /** The status of a probe's address now, or 0 when there is no answer. */
  int ask(String probe) {
    JsonNode settings = container.path(probe);
    return status(
        port(settings.at("/httpGet/port").asText()),
        settings.at("/httpGet/path").asText(),
        settings.path("timeoutSeconds").asInt());
  }

  int status(int port, String path, int timeoutSeconds) {
    URI address = URI.create("http://" + running.address() + ":" + port + path);
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(timeoutSeconds)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  void awaitReady(long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!isReady) {
      if (!running.process().isAlive() || System.nanoTime() > end) {
        throw new RehearsalException(
            running.name()
                + " is not ready after "
                + seconds
                + " s:\n  "
                + String.join("\n  ", running.lastLines(15)));
      }
      Pause.millis(50);
    }
  }

  /** Takes it out of its service and announces the end; returns when SIGTERM is sent. */
  void terminate() {
    isTerminating = true;
    Pause.millis(1000 * container.at("/lifecycle/preStop/sleep/seconds").asLong());
    running.process().toHandle().destroy();
    toldToEndAt = System.nanoTime();
  }

  /** The milliseconds from SIGTERM until it ended; a pod that has to be killed is a failure. */
  long awaitEnd() {
    long left = graceSeconds - container.at("/lifecycle/preStop/sleep/seconds").asLong();
    long since = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - toldToEndAt);
    running.await(left - since);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - toldToEndAt);
  }

  /** Whatever becomes of it is no mistake. */
  void disregard() {
    isTerminating = true;
  }

  private void probe() {
    while (running.process().isAlive() && startedMillis < 0) {
      if (ask("startupProbe") == 200) {
        startedMillis = sinceStart();
      } else {
        Pause.millis(1000 * container.at("/startupProbe/periodSeconds").asLong() / 4);
      }
    }
    long period = 1000 * container.at("/readinessProbe/periodSeconds").asLong();
    int failed = 0;
    int missed = 0;
    while (running.process().isAlive()) {
      boolean isUp = ask("readinessProbe") == 200;
      failed = isUp ? 0 : failed + 1;
      if (isUp && readyMillis < 0) {
        readyMillis = sinceStart();
      }
      isReady =
          isUp || isReady && failed < container.at("/readinessProbe/failureThreshold").asInt();
      boolean isAlive = isTerminating || ask("livenessProbe") == 200;
      missed = isAlive ? 0 : missed + 1;
      if (missed == container.at("/livenessProbe/failureThreshold").asInt()) {
        restarts++;
      }
      Pause.millis(isReady ? period : period / 10);
    }
    isReady = false;
  }

  private long sinceStart() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
  }

  private int port(String name) {
    for (JsonNode port : container.path("ports")) {
      if (port.path("name").asText().equals(name)) {
        return port.path("containerPort").asInt();
      }
    }
    throw new RehearsalException("no port " + name);
  }
}
