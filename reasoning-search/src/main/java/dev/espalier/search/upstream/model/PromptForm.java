package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How a language model is asked for the next step, and where its answer has what. */
interface PromptForm {

  String path();

  /** Puts the problem and the steps into the request; they are data. */
  void ask(ObjectNode request, String problem, List<String> steps);

  /** Asks for log-probabilities. */
  void askForLogprobs(ObjectNode request);

  /** The text of a choice. */
  JsonNode text(JsonNode choice);

  /** The log-probability of each of a choice's tokens; none where there are none. */
  List<JsonNode> logProbabilities(JsonNode choice);
}
