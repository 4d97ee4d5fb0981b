package dev.espalier.search.evaluation.crashes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * Compares ledgers with what the upstream counted.
 *
 * <p>A call is written down before it is sent, so the upstream can never have seen more than the
 * ledger; what it has seen less was killed between the two, and is among the calls that the ledger
 * counts as lost.
 */
final class Audit {

  private int streamsCut;
  private int requestsDropped;
  private int searches;
  private int unfinished;
  private int unexplained;
  private long ledger;
  private long upstream;
  private long lost;
  private long tokens;
  private long lostTokens;

  void add(JsonNode search, long received) {
    searches++;
    if (!search.path("status").asText().equals("completed")) {
      unfinished++;
    }
    JsonNode total = search.path("ledger").path("total");
    JsonNode gone = search.path("ledger").path("by_cause").path("lost");
    long calls = total.path("calls").asLong();
    long lostCalls = gone.path("calls").asLong();
    if (received > calls || received < calls - lostCalls) {
      unexplained++;
    }
    ledger += calls;
    upstream += received;
    lost += lostCalls;
    tokens += tokens(total);
    lostTokens += tokens(gone);
  }

  void add(StopRehearsal stop) {
    streamsCut += stop.streamsCut();
    requestsDropped += stop.requestsDropped();
  }

  /**
   * @param mayLose whether calls may be lost: a stop waits for those in flight, a kill does not
   */
  boolean isClean(boolean mayLose) {
    return unfinished == 0
        && unexplained == 0
        && streamsCut == 0
        && requestsDropped == 0
        && (mayLose || lost == 0);
  }

  void print(PrintStream out) {
    out.printf(
        "at stops: %d streams cut without an end, %d requests dropped%n",
        streamsCut, requestsDropped);
    out.printf("searches: %d, of which not completed: %d%n", searches, unfinished);
    out.printf(
        "calls: %d in the ledgers, %d seen by the upstream; %d were in flight at a kill, of which"
            + " %d had not been sent%n",
        ledger, upstream, lost, ledger - upstream);
    out.printf("searches whose calls do not add up: %d%n", unexplained);
    long repeated = upstream - (ledger - lost);
    out.printf(
        "paid for without use: %d of %d calls (%.1f %%)%n",
        repeated, upstream, upstream == 0 ? 0 : 100.0 * repeated / upstream);
    out.printf(
        "written off: %d of %d tokens (%.2f %%, reserved at the most that a call may cost)%n",
        lostTokens, tokens, tokens == 0 ? 0 : 100.0 * lostTokens / tokens);
    out.printf(
        "{\"benchmark\": \"search-crashes\", \"searches\": %d, \"unfinished\": %d, \"ledger_calls\":"
            + " %d, \"upstream_calls\": %d, \"lost_calls\": %d, \"unexplained\": %d,"
            + " \"wasted_tokens\": %d, \"tokens\": %d, \"streams_cut\": %d,"
            + " \"requests_dropped\": %d}%n",
        searches,
        unfinished,
        ledger,
        upstream,
        lost,
        unexplained,
        lostTokens,
        tokens,
        streamsCut,
        requestsDropped);
  }

  private static long tokens(JsonNode entry) {
    return entry.path("prompt_tokens").asLong() + entry.path("completion_tokens").asLong();
  }
}
