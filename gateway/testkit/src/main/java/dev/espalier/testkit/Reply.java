package dev.espalier.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a scripted server does with one request, step after step.
 *
 * <p>A reply that ends in {@link #thenCut} or {@link #thenHang} announces more than it sends.
 */
public record Reply(List<Step> steps) {

  /** One step of a reply. */
  public sealed interface Step {

    /** The status line and the headers; a streamed body is sent in chunks. */
    record Head(int status, Map<String, String> headers, boolean isStreamed) implements Step {
      public Head {
        headers = Map.copyOf(headers);
      }
    }

    /** Bytes of the body, sent at once. */
    record Send(String text) implements Step {
      byte[] bytes() {
        return text.getBytes(UTF_8);
      }
    }

    /** Silence. */
    record Pause(Duration length) implements Step {}

    /** Silence until the client or the test ends it. */
    record Hang() implements Step {}

    /** A reset of the connection. */
    record Cut() implements Step {}
  }

  public Reply {
    steps = List.copyOf(steps);
  }

  public static Reply status(int status) {
    return new Reply(List.of(new Step.Head(status, Map.of(), false)));
  }

  public static Reply json(int status, String body) {
    return status(status).withHeader("Content-Type", "application/json").send(body);
  }

  /** Server-sent events, each one a chunk of its own. */
  public static Reply events(String... data) {
    var head = new Step.Head(200, Map.of("Content-Type", "text/event-stream"), true);
    Reply reply = new Reply(List.of(head));
    for (String event : data) {
      reply = reply.send("data: " + event + "\n\n");
    }
    return reply;
  }

  /** Accepts the request and says nothing. */
  public static Reply never() {
    return new Reply(List.of(new Step.Hang()));
  }

  /** Accepts the request and resets the connection. */
  public static Reply cut() {
    return new Reply(List.of(new Step.Cut()));
  }

  public Reply withHeader(String name, String value) {
    return new Reply(
        steps.stream()
            .map(step -> step instanceof Step.Head head ? plusHeader(head, name, value) : step)
            .toList());
  }

  /** The same, later. */
  public Reply after(Duration delay) {
    return new Reply(Stream.concat(Stream.of(new Step.Pause(delay)), steps.stream()).toList());
  }

  /** The same with silence between what is sent. */
  public Reply withPauses(Duration length) {
    List<Step> slow = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Send) {
        slow.add(new Step.Pause(length));
      }
      slow.add(step);
    }
    return new Reply(slow);
  }

  public Reply send(String text) {
    return then(new Step.Send(text));
  }

  public Reply pause(Duration length) {
    return then(new Step.Pause(length));
  }

  public Reply thenCut() {
    return then(new Step.Cut());
  }

  public Reply thenHang() {
    return then(new Step.Hang());
  }

  boolean isComplete() {
    return steps.stream().noneMatch(step -> step instanceof Step.Cut || step instanceof Step.Hang);
  }

  int bodyLength() {
    return steps.stream()
        .mapToInt(step -> step instanceof Step.Send send ? send.bytes().length : 0)
        .sum();
  }

  private Reply then(Step step) {
    return new Reply(Stream.concat(steps.stream(), Stream.of(step)).toList());
  }

  private static Step.Head plusHeader(Step.Head head, String name, String value) {
    Map<String, String> headers = new LinkedHashMap<>(head.headers());
    headers.put(name, value);
    return new Step.Head(head.status(), headers, head.isStreamed());
  }
}
