package dev.espalier.search.evaluation.crashes;

import dev.espalier.measuring.command.CommandException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A stop of the service while searches run, streams are followed and requests are on their way.
 *
 * @param streamsCut streams that ended without an event that says why
 * @param requestsDropped requests that were taken and not answered
 */
record StopRehearsal(int streamsCut, int requestsDropped) {

  private static final int STREAMS = 20;
  private static final int REQUESTS = 200;

  private enum Fate {
    ANSWERED,
    REFUSED,
    DROPPED
  }

  static StopRehearsal of(SearchProcess service, List<String> searches, PrintStream out) {
    SearchApi api = service.api();
    ExecutorService readers = Executors.newCachedThreadPool();
    try {
      List<Future<String>> ends = new ArrayList<>();
      for (String search : searches.subList(0, Math.min(STREAMS, searches.size()))) {
        HttpResponse<Stream<String>> begun = api.following(search).join();
        ends.add(readers.submit(() -> lastEvent(begun)));
      }
      int open = api.open();
      List<CompletableFuture<HttpResponse<String>>> requests =
          IntStream.range(0, REQUESTS)
              .mapToObj(i -> api.reading(searches.get(i % searches.size())))
              .toList();
      Duration took = service.stop();
      out.printf("stop: %d searches were open; stopped after %.1f s%n", open, took.toMillis() / 1e3);
      return report(
          ends.stream().map(StopRehearsal::of).toList(),
          requests.stream().map(StopRehearsal::fate).toList(),
          out);
    } finally {
      readers.shutdownNow();
    }
  }

  private static StopRehearsal report(List<String> ends, List<Fate> fates, PrintStream out) {
    int told = count(ends, "interrupted") + count(ends, "finished");
    out.printf(
        "  of %d streams %d ended with \"interrupted\", %d with \"finished\", %d were cut%n"
            + "  of %d requests %d were answered, %d refused, %d dropped%n",
        ends.size(),
        count(ends, "interrupted"),
        count(ends, "finished"),
        ends.size() - told,
        fates.size(),
        count(fates, Fate.ANSWERED),
        count(fates, Fate.REFUSED),
        count(fates, Fate.DROPPED));
    return new StopRehearsal(ends.size() - told, count(fates, Fate.DROPPED));
  }

  private static <T> int count(List<T> all, T one) {
    return (int) all.stream().filter(one::equals).count();
  }

  /** The type of the last event, or nothing where the connection broke. */
  private static String lastEvent(HttpResponse<Stream<String>> stream) {
    String last = "";
    try (Stream<String> lines = stream.body()) {
      Iterator<String> each = lines.iterator();
      while (each.hasNext()) {
        String line = each.next();
        last = line.startsWith("event:") ? line.substring("event:".length()).strip() : last;
      }
      return last;
    } catch (UncheckedIOException e) {
      return "";
    }
  }

  private static String of(Future<String> end) {
    try {
      return end.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    } catch (ExecutionException e) {
      throw new CommandException("cannot read a stream", e);
    }
  }

  /** A connection that was refused was never taken: the client knows that nothing happened. */
  private static Fate fate(CompletableFuture<HttpResponse<String>> request) {
    try {
      request.join();
      return Fate.ANSWERED;
    } catch (CompletionException e) {
      return e.getCause() instanceof ConnectException ? Fate.REFUSED : Fate.DROPPED;
    }
  }
}
