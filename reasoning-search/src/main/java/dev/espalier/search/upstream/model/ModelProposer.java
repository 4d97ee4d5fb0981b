package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.BudgetExhaustedException;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.upstream.http.MalformedAnswerException;
import dev.espalier.search.upstream.http.UpstreamClient;
import dev.espalier.search.upstream.http.UpstreamRequest;
import dev.espalier.search.upstream.model.CompletionReader.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;

/**
 * Samples steps from a language model: all samples of an expansion in one request where the server
 * can, else each in a request of its own, at the same time.
 */
public final class ModelProposer implements StepProposer {

  private final UpstreamClient client;
  private final PromptForm form;
  private final Dialect dialect;
  private final Sampling sampling;
  private final Price price;
  private final Habits habits;
  private final ExecutorService threads;

  private ModelProposer(
      UpstreamClient client,
      PromptForm form,
      Dialect dialect,
      Sampling sampling,
      Price price,
      Habits habits,
      ExecutorService threads) {
    this.client = client;
    this.form = form;
    this.dialect = dialect;
    this.sampling = sampling;
    this.price = price;
    this.habits = habits;
    this.threads = threads;
  }

  /** Over OpenAI's chat completions. */
  public static ModelProposer chat(
      UpstreamClient client,
      Dialect dialect,
      Sampling sampling,
      Price price,
      Habits habits,
      ExecutorService threads) {
    PromptForm form = new ChatForm(dialect.continuation());
    return new ModelProposer(client, form, dialect, sampling, price, habits, threads);
  }

  /** Over OpenAI's completions. */
  public static ModelProposer completions(
      UpstreamClient client,
      Dialect dialect,
      Sampling sampling,
      Price price,
      Habits habits,
      ExecutorService threads) {
    PromptForm form = new CompletionsForm(dialect.template());
    return new ModelProposer(client, form, dialect, sampling, price, habits, threads);
  }

  @Override
  public List<Candidate> propose(String problem, Need.Propose need, CallContext context) {
    if (!dialect.supportsN() || habits.ignoresN() || need.count() == 1) {
      return singly(problem, need, need.count(), context);
    }
    Samples first = together(problem, need, context);
    if (first.choices() == 1) {
      habits.noteThatItIgnoresN();
    }
    return completed(first, problem, need, context);
  }

  @Override
  public boolean isFree() {
    return false;
  }

  /** All samples, or one where the server refuses to be asked for several. */
  private Samples together(String problem, Need.Propose need, CallContext context) {
    try {
      return sample(problem, need, need.count(), seed(need, 0), context);
    } catch (UpstreamException e) {
      boolean isRequestRefused =
          e.code().equals("upstream.refused")
              && !(e.getCause() instanceof MalformedAnswerException);
      if (!isRequestRefused) {
        throw e;
      }
      return sample(problem, need, 1, seed(need, need.count()), context);
    }
  }

  private List<Candidate> completed(
      Samples first, String problem, Need.Propose need, CallContext context) {
    int missing = need.count() - first.choices();
    if (missing == 0) {
      return first.candidates();
    }
    List<Candidate> all = new ArrayList<>(first.candidates());
    try {
      all.addAll(singly(problem, need, missing, context));
    } catch (UpstreamException | BudgetExhaustedException e) {
      if (all.isEmpty()) {
        throw e;
      }
    }
    return all;
  }

  private List<Candidate> singly(
      String problem, Need.Propose need, int count, CallContext context) {
    return new Fan<Samples>(threads)
        .all(count, i -> sample(problem, need, 1, seed(need, i), context)).stream()
            .flatMap(samples -> samples.candidates().stream())
            .toList();
  }

  /** Another one for every sample, and others again when a need is asked for its missing ones. */
  private static long seed(Need.Propose need, int sample) {
    long mixed = 31 * (31 * need.seed() + need.count()) + sample;
    return new SplittableRandom(mixed).nextLong();
  }

  private Samples sample(
      String problem, Need.Propose need, int count, long seed, CallContext context) {
    String body = body(problem, need.steps(), count, seed);
    Usage atMost = new Usage(TokenEstimate.of(body), (long) count * sampling.maxTokens(), true);
    String soFar = String.join(ChoiceReader.DELIMITER, need.steps());
    return client.call(
        new UpstreamRequest(CallKind.PROPOSE, form.path(), body, atMost, price),
        context,
        new CompletionReader(form, body, soFar, count, sampling.maxTokens())::read);
  }

  private String body(String problem, List<String> steps, int count, long seed) {
    ObjectNode request = Json.MAPPER.createObjectNode();
    request.put("model", sampling.model());
    form.ask(request, problem, steps);
    request.put("temperature", sampling.temperature());
    request.put(dialect.maxTokensField(), sampling.maxTokens());
    request.put("seed", Math.floorMod(seed, Integer.MAX_VALUE));
    request.put("stream", false);
    if (dialect.stopsAtParagraph()) {
      request.putArray("stop").add(ChoiceReader.DELIMITER);
    }
    if (count > 1) {
      request.put("n", count);
    }
    if (dialect.supportsLogprobs()) {
      form.askForLogprobs(request);
    }
    return request.toString();
  }
}
