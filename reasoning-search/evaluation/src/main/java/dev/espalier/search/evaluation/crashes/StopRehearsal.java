package dev.espalier.search.evaluation.crashes;

import dev.espalier.measuring.command.Pause;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * A stop of the service while searches run, streams are followed and requests are on their way.
 *
 * @param streamsCut streams that ended without an event that says why
 * @param requestsDropped requests that were taken and not answered
 */
record StopRehearsal(int streamsCut, int requestsDropped) {

  private static final int STREAMS = 20;
  private static final int REQUESTS = 200;
  private static final Duration UNTIL_THEY_FOLLOW = Duration.ofSeconds(1);

  private enum Fate {
    ANSWERED,
    REFUSED,
    DROPPED
  }

  static StopRehearsal of(SearchProcess service, List<String> searches, PrintStream out) {
    SearchApi api = service.api();
    List<CompletableFuture<HttpResponse<String>>> streams =
        searches.stream().limit(STREAMS).map(api::following).toList();
    Pause.of(UNTIL_THEY_FOLLOW);
    int open = api.open();
    List<CompletableFuture<HttpResponse<String>>> requests =
        IntStream.range(0, REQUESTS)
            .mapToObj(i -> api.reading(searches.get(i % searches.size())))
            .toList();
    Duration took = service.stop();
    List<String> ends = streams.stream().map(StopRehearsal::lastEvent).toList();
    List<Fate> fates = requests.stream().map(StopRehearsal::fate).toList();
    int cut = (int) ends.stream().filter(end -> !end.matches("finished|interrupted")).count();
    int dropped = count(fates, Fate.DROPPED);
    out.printf(
        "stop: %d of %d searches were open; %d streams ended with \"interrupted\", %d with"
            + " \"finished\", %d were cut; of %d requests %d were answered, %d refused, %d dropped;"
            + " stopped after %.1f s%n",
        open,
        searches.size(),
        ends.stream().filter("interrupted"::equals).count(),
        ends.stream().filter("finished"::equals).count(),
        cut,
        REQUESTS,
        count(fates, Fate.ANSWERED),
        count(fates, Fate.REFUSED),
        dropped,
        took.toMillis() / 1e3);
    return new StopRehearsal(cut, dropped);
  }

  private static int count(List<Fate> fates, Fate fate) {
    return (int) fates.stream().filter(fate::equals).count();
  }

  /** The type of the last event, or nothing where the connection broke. */
  private static String lastEvent(CompletableFuture<HttpResponse<String>> stream) {
    try {
      return stream
          .join()
          .body()
          .lines()
          .filter(line -> line.startsWith("event:"))
          .reduce("", (before, line) -> line.substring("event:".length()).strip());
    } catch (CompletionException e) {
      return "";
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
