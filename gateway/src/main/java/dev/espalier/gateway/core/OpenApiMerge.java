package dev.espalier.gateway.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One OpenAPI document out of those of the services.
 *
 * <p>Paths are taken as they are: the route table gives every path to one service. A component that
 * two services define differently keeps its name for the first one and gets the service's name in
 * front for the other, and the references to it follow. Every operation asks for the API key,
 * whatever the service said, because the gateway does; what else the gateway adds comes as a
 * document too, which has to be added first.
 */
public final class OpenApiMerge {

  private static final String COMPONENTS = "#/components/";
  private static final String KEY_SCHEME = "api_key";

  private final Map<String, Object> paths = new TreeMap<>();
  private final Map<String, Object> componentAt = new TreeMap<>();
  private final Map<String, Object> tags = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();
  private final long maxHeaderBytes;
  private final long maxUriBytes;

  /**
   * @param maxHeaderBytes of a request, all names and values together
   * @param maxUriBytes of a request, path and query
   */
  public OpenApiMerge(long maxHeaderBytes, long maxUriBytes) {
    this.maxHeaderBytes = maxHeaderBytes;
    this.maxUriBytes = maxUriBytes;
  }

  /**
   * Adds a service's document, as parsed JSON.
   *
   * @param maxBodyBytes of a request to it
   */
  public OpenApiMerge add(String service, Map<String, ?> document, long maxBodyBytes) {
    OpenApiCompletion completion =
        new OpenApiCompletion(
            new OpenApiCompletion.Sizes(maxBodyBytes, maxHeaderBytes, maxUriBytes));
    Map<String, Object> theirs = componentsOf(document, completion);
    Map<String, String> renamed = renamedBecauseOurs(service, theirs);
    theirs.forEach(
        (reference, component) ->
            componentAt.putIfAbsent(
                renamed.getOrDefault(reference, reference), follow(component, renamed)));
    mapAt(document, "paths")
        .forEach(
            (path, item) ->
                paths.putIfAbsent(
                    path, follow(completion.ofPaths(withoutSecurity(item)), renamed)));
    if (document.get("tags") instanceof List<?> list) {
      for (Object tag : list) {
        if (tag instanceof Map<?, ?> map && map.get("name") instanceof String name) {
          tags.putIfAbsent(name, tag);
        }
      }
    }
    return this;
  }

  /** Names a service whose document could not be had, so that its absence shows. */
  public OpenApiMerge addMissing(String service) {
    missing.add(service);
    return this;
  }

  /** The merged document, ready for any JSON library. */
  public Map<String, Object> document(String title, String version) {
    Map<String, Map<String, Object>> components = new TreeMap<>();
    componentAt.forEach(
        (reference, component) -> {
          String[] kindAndName = reference.substring(COMPONENTS.length()).split("/", 2);
          components
              .computeIfAbsent(kindAndName[0], kind -> new TreeMap<>())
              .put(kindAndName[1], component);
        });
    components.put(
        "securitySchemes", Map.of(KEY_SCHEME, Map.of("type", "http", "scheme", "bearer")));

    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", title, "version", version));
    document.put("security", List.of(Map.of(KEY_SCHEME, List.of())));
    document.put("tags", List.copyOf(tags.values()));
    document.put("paths", paths);
    document.put("components", components);
    if (!missing.isEmpty()) {
      document.put("x-espalier-missing-services", List.copyOf(missing));
    }
    return document;
  }

  /**
   * The new reference of every component that cannot keep its name. A component that looks the same
   * but refers to a renamed one is another component, hence the repetition.
   */
  private Map<String, String> renamedBecauseOurs(String service, Map<String, Object> theirs) {
    Map<String, String> renamed = new HashMap<>();
    int before;
    do {
      before = renamed.size();
      theirs.forEach(
          (reference, component) -> {
            @Nullable Object ours = componentAt.get(reference);
            if (ours != null && !ours.equals(follow(component, renamed))) {
              int name = reference.lastIndexOf('/') + 1;
              renamed.put(
                  reference,
                  reference.substring(0, name) + service + "_" + reference.substring(name));
            }
          });
    } while (renamed.size() > before);
    return renamed;
  }

  /** Their components by reference, without their security schemes. */
  private static Map<String, Object> componentsOf(
      Map<String, ?> document, OpenApiCompletion completion) {
    Map<String, Object> byReference = new LinkedHashMap<>();
    mapAt(
            Map.of("components", completion.ofComponents(mapAt(document, "components"))),
            "components")
        .forEach(
            (kind, ofKind) -> {
              if (!kind.equals("securitySchemes") && ofKind instanceof Map<?, ?> map) {
                map.forEach(
                    (name, component) ->
                        byReference.put(COMPONENTS + kind + "/" + name, component));
              }
            });
    return byReference;
  }

  private static Object withoutSecurity(Object pathItem) {
    if (!(pathItem instanceof Map<?, ?> item)) {
      return pathItem;
    }
    Map<Object, Object> open = new LinkedHashMap<>();
    item.forEach(
        (method, operation) -> {
          if (operation instanceof Map<?, ?> map && map.containsKey("security")) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            copy.remove("security");
            open.put(method, copy);
          } else {
            open.put(method, operation);
          }
        });
    return open;
  }

  private static Object follow(Object node, Map<String, String> renamed) {
    if (node instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, follow(value, renamed)));
      return copy;
    }
    if (node instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(value -> copy.add(follow(value, renamed)));
      return copy;
    }
    return node instanceof String text ? renamed.getOrDefault(text, text) : node;
  }

  private static Map<String, ?> mapAt(Map<String, ?> document, String member) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (document.get(member) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }
}
