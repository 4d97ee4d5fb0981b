package dev.espalier.search.upstream.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Evidence;
import dev.espalier.search.core.tree.StepClass;
import dev.espalier.search.upstream.http.Answer;
import dev.espalier.search.upstream.http.MalformedAnswerException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the detector's answer, and trusts it no further than it can be checked: every step that was
 * sent is in exactly one class, and no class holds terminal steps and others. A class that does is
 * taken apart.
 */
record GroupsReader(ObjectMapper json, List<Candidate> candidates, List<Integer> sent) {

  private static final int MOST_SIGNATURE = 128;

  /** The classes, and who made them. */
  record Groups(List<StepClass> classes, String detector) {}

  Answer<Groups> read(String body) {
    JsonNode answer = tree(body);
    Usage usage = usage(answer.path("usage"));
    Set<Integer> seen = new HashSet<>();
    List<StepClass> classes = new ArrayList<>();
    for (JsonNode group : answer.path("groups")) {
      List<Integer> members = new ArrayList<>();
      group.path("members").forEach(member -> members.add(index(member, usage)));
      if (members.isEmpty() || !members.stream().allMatch(seen::add)) {
        throw malformed(usage);
      }
      addPure(classes, group, members, usage);
    }
    if (seen.size() != sent.size()) {
      throw malformed(usage);
    }
    return new Answer<>(new Groups(classes, detector(answer.path("detector"))), usage);
  }

  private void addPure(
      List<StepClass> classes, JsonNode group, List<Integer> members, Usage usage) {
    int representative = index(group.path("representative"), usage);
    if (!members.contains(representative)) {
      throw malformed(usage);
    }
    for (boolean isTerminal : new boolean[] {true, false}) {
      List<Integer> part =
          members.stream().filter(i -> candidates.get(i).isTerminal() == isTerminal).toList();
      if (!part.isEmpty()) {
        boolean isWhole = part.size() == members.size();
        classes.add(
            new StepClass(
                part.contains(representative) ? representative : part.get(0),
                part,
                isWhole ? signature(group) : null,
                evidence(group.path("evidence"), part, usage)));
      }
    }
  }

  private List<Evidence> evidence(JsonNode pairs, List<Integer> members, Usage usage) {
    List<Evidence> evidence = new ArrayList<>();
    for (JsonNode pair : pairs) {
      int a = index(pair.path("a"), usage);
      int b = index(pair.path("b"), usage);
      if (members.contains(a) && members.contains(b)) {
        List<String> claims = new ArrayList<>();
        pair.path("claims").forEach(claim -> claims.add(claim.asText()));
        evidence.add(
            new Evidence(
                a,
                b,
                Math.max(0, Math.min(1, pair.path("probability").asDouble(0))),
                pair.path("tier").asText(""),
                pair.path("reason").asText(""),
                claims));
      }
    }
    return evidence;
  }

  private int index(JsonNode id, Usage usage) {
    for (int index : sent) {
      if (id.asText("").equals(Integer.toString(index))) {
        return index;
      }
    }
    throw malformed(usage);
  }

  private static @Nullable String signature(JsonNode group) {
    String signature = group.path("signature").asText("");
    return signature.isEmpty() || signature.length() > MOST_SIGNATURE ? null : signature;
  }

  private static String detector(JsonNode detector) {
    return detector.path("name").asText("unnamed")
        + " "
        + detector.path("version").asText("?")
        + " at "
        + detector.path("threshold").asText("?");
  }

  private static Usage usage(JsonNode usage) {
    return new Usage(
        Math.max(0, usage.path("prompt_tokens").asLong(0)),
        Math.max(0, usage.path("completion_tokens").asLong(0)),
        usage.path("estimated").asBoolean(false));
  }

  private JsonNode tree(String body) {
    try {
      JsonNode tree = json.readTree(body);
      return tree == null ? json.missingNode() : tree;
    } catch (JsonProcessingException e) {
      return json.missingNode();
    }
  }

  private static MalformedAnswerException malformed(Usage usage) {
    return new MalformedAnswerException("gave no partition of the steps", usage);
  }
}
