package dev.espalier.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The ids of what a tenant has, found by reading all that its key may read. */
final class OwnedIds {

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}/]+\\}");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of one list: enough to try, and not all turns of all conversations. */
  private static final int EACH = 3;

  /** Where no list says what belongs there. */
  private static final int OF_ANY_KIND = 12;

  /** From a list to its items, to the lists below them, and to the items of those. */
  private static final int ROUNDS = 3;

  private final Map<String, Set<String>> byCollection = new LinkedHashMap<>();
  private final Set<String> all = new LinkedHashSet<>();
  private final Set<ApiOperations.Operation> answered = new HashSet<>();

  private OwnedIds() {}

  static OwnedIds harvest(ApiOperations operations, TenantProbe owner) {
    OwnedIds owned = new OwnedIds();
    for (int round = 0; round < ROUNDS; round++) {
      for (ApiOperations.Operation operation : operations.all()) {
        if (operation.method().equals("get") && !owned.answered.contains(operation)) {
          owned.read(operation, owner);
        }
      }
    }
    if (owned.all.isEmpty()) {
      throw new LaunchException("the owner has nothing");
    }
    return owned;
  }

  Set<String> all() {
    return all;
  }

  String any() {
    return all.iterator().next();
  }

  boolean answersOwner(ApiOperations.Operation operation) {
    return answered.contains(operation);
  }

  /** A template, or a part of it, with one id for each of its parameters. */
  static String fill(String template, String id) {
    return PARAMETER.matcher(template).replaceAll(id);
  }

  /** The paths that a template makes with these ids; one of any kind where none is known. */
  List<String> paths(String template) {
    List<String> paths = List.of("");
    for (String segment : template.substring(1).split("/")) {
      List<String> longer = new ArrayList<>();
      for (String path : paths) {
        if (PARAMETER.matcher(segment).find()) {
          for (String id : below(template, segment)) {
            longer.add(path + "/" + fill(segment, id));
          }
        } else {
          longer.add(path + "/" + segment);
        }
      }
      paths = longer;
    }
    return paths;
  }

  private List<String> below(String template, String segment) {
    String collection = template.substring(0, template.indexOf("/" + segment));
    Set<String> known = byCollection.getOrDefault(collection, Set.of());
    return known.isEmpty()
        ? all.stream().limit(OF_ANY_KIND).toList()
        : known.stream().limit(EACH).toList();
  }

  private void read(ApiOperations.Operation operation, TenantProbe owner) {
    boolean isList = !operation.path().contains("{");
    if (!isList && all.isEmpty()) {
      return;
    }
    for (String path : paths(operation.path())) {
      TenantProbe.Answer answer = owner.send(operation, path, null);
      if (answer.status() / 100 == 2) {
        answered.add(operation);
        collect(parse(answer.body()), operation.path());
      }
    }
  }

  private void collect(JsonNode node, String collection) {
    JsonNode id = node.path("id");
    if (id.isTextual() && ID.matcher(id.asText()).matches()) {
      all.add(id.asText());
      byCollection.computeIfAbsent(collection, it -> new LinkedHashSet<>()).add(id.asText());
    }
    node.forEach(child -> collect(child, collection));
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
