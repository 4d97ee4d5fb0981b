package dev.espalier.search.upstream.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.BudgetExhaustedException;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.CallMeter;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import dev.espalier.search.upstream.detector.GroupsReader.Groups;
import dev.espalier.search.upstream.http.UpstreamClient;
import dev.espalier.search.upstream.http.UpstreamRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the equivalence detector. Whatever it does instead of answering, the candidates are grouped
 * by their text, and the grouping says why.
 */
public final class DetectorGrouper implements StepGrouper {

  private static final String PATH = "/v1/equivalence/groups";

  private final UpstreamClient client;
  private final StepGrouper verbatim;
  private final @Nullable Double threshold;
  private final Judge judge;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * The detector's own judge, a language model that costs.
   *
   * @param isAsked whether undecided pairs are put to it
   * @param atMost tokens that one grouping may cost, reserved before
   * @param price of them
   */
  public record Judge(boolean isAsked, Usage atMost, Price price) {
    public static final Judge NONE = new Judge(false, Usage.NONE, Price.FREE);
  }

  /**
   * @param verbatim groups what the detector cannot
   * @param threshold 0-1, or null for the detector's own
   */
  public DetectorGrouper(
      UpstreamClient client, StepGrouper verbatim, @Nullable Double threshold, Judge judge) {
    this.client = client;
    this.verbatim = verbatim;
    this.threshold = threshold;
    this.judge = judge;
  }

  @Override
  public Grouping group(String problem, Need.Group need, CallContext context) {
    List<Integer> sent = DetectorLimits.fitting(need);
    if (!DetectorLimits.fits(problem, need.steps())) {
      return byText(problem, need, context, "detector.limits");
    }
    if (sent.size() < 2) {
      return verbatim.group(problem, need, context);
    }
    try {
      Groups groups = ask(problem, need, sent, context);
      return withTheRest(groups, verbatim.group(problem, need, context), sent);
    } catch (UpstreamException e) {
      return byText(problem, need, context, e.code().replace("upstream.", "detector."));
    }
  }

  @Override
  public boolean isFree() {
    return false;
  }

  private Groups ask(String problem, Need.Group need, List<Integer> sent, CallContext context) {
    GroupsReader reader = new GroupsReader(json, need.candidates(), sent);
    if (judge.isAsked()) {
      try {
        return client.call(request(problem, need, sent, judge), context, reader::read);
      } catch (BudgetExhaustedException e) {
        // What is left does not pay for the judge; the detector itself costs nothing.
      }
    }
    CallContext unmetered =
        new CallContext(
            context.tenant(), context.requestId(), context.deadline(), new FreeOfCharge());
    return client.call(request(problem, need, sent, Judge.NONE), unmetered, reader::read);
  }

  private UpstreamRequest request(
      String problem, Need.Group need, List<Integer> sent, Judge asked) {
    GroupsRequest body =
        new GroupsRequest(
            problem,
            need.steps(),
            sent.stream().map(i -> GroupsRequest.Step.of(i, need.candidates().get(i))).toList(),
            threshold,
            asked.isAsked());
    return new UpstreamRequest(CallKind.JUDGE, PATH, write(body), asked.atMost(), asked.price());
  }

  /** The detector's classes of what was sent, and classes by text of what did not fit. */
  private static Grouping withTheRest(Groups groups, Grouping byText, List<Integer> sent) {
    Set<Integer> decided = new HashSet<>(sent);
    List<StepClass> classes = new ArrayList<>(groups.classes());
    for (StepClass verbatim : byText.classes()) {
      List<Integer> rest = verbatim.members().stream().filter(i -> !decided.contains(i)).toList();
      if (!rest.isEmpty()) {
        classes.add(new StepClass(rest.get(0), rest, null, List.of()));
      }
    }
    return new Grouping(classes, groups.detector(), null);
  }

  private Grouping byText(
      String problem, Need.Group need, CallContext context, String unavailable) {
    return new Grouping(verbatim.group(problem, need, context).classes(), null, unavailable);
  }

  private String write(GroupsRequest body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts can be written", e);
    }
  }

  /** The detector is our own: it costs no tokens. */
  private static final class FreeOfCharge implements CallMeter, CallMeter.Call {

    @Override
    public Call start(CallKind kind, Usage atMost, Price price, boolean isRetry) {
      return this;
    }

    @Override
    public void succeed(Usage usage) {}

    @Override
    public void fail(Usage usage, String code) {}
  }
}
