package dev.espalier.gateway.core.llm;

import dev.espalier.gateway.core.llm.ModelRoute.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which upstream has which model. A name is looked for among the listed models, then as {@code
 * upstream/model}, then with those upstreams that take any name; the lower priority number first.
 */
public final class ModelDirectory {

  /** Stands in a list of models for all others. */
  public static final String ANY = "*";

  /**
   * An upstream as the directory knows it.
   *
   * @param models as it calls them, {@link #ANY} among them if it takes any name
   * @param priority the lower is asked first
   * @param fallback who is asked instead; null for the next one that lists the model
   */
  public record Entry(
      String upstream, List<String> models, int priority, @Nullable String fallback) {

    public Entry {
      models = List.copyOf(models);
      if (models.isEmpty()) {
        throw new IllegalArgumentException("models: must not be empty; " + ANY + " is any");
      }
    }

    private boolean lists(String model) {
      return models.contains(model);
    }

    private boolean takesAny() {
      return models.contains(ANY);
    }
  }

  private final List<Entry> inOrder;
  private final Map<String, Entry> byName = new HashMap<>();

  /**
   * @throws IllegalArgumentException that begins with the key at fault
   */
  public ModelDirectory(List<Entry> entries) {
    inOrder =
        entries.stream()
            .sorted(Comparator.comparingInt(Entry::priority).thenComparing(Entry::upstream))
            .toList();
    inOrder.forEach(entry -> byName.put(entry.upstream(), entry));
    for (Entry entry : inOrder) {
      String fallback = entry.fallback();
      if (fallback != null
          && (fallback.equals(entry.upstream()) || !byName.containsKey(fallback))) {
        throw new IllegalArgumentException(
            entry.upstream() + ".fallback: there is no other upstream " + fallback);
      }
    }
  }

  public Optional<ModelRoute> route(String model) {
    List<Stop> stops = new ArrayList<>();
    inOrder.stream()
        .filter(entry -> entry.lists(model) && !model.equals(ANY))
        .forEach(entry -> stops.add(new Stop(entry.upstream(), model)));
    if (stops.isEmpty()) {
      qualified(model).ifPresent(stops::add);
    }
    if (stops.isEmpty()) {
      inOrder.stream()
          .filter(Entry::takesAny)
          .forEach(entry -> stops.add(new Stop(entry.upstream(), model)));
    }
    return stops.isEmpty()
        ? Optional.empty()
        : Optional.of(new ModelRoute(stops.get(0), fallback(stops)));
  }

  /** The names that can be asked for, with the upstream that is asked first for each. */
  public Map<String, String> listed() {
    Map<String, String> listed = new LinkedHashMap<>();
    for (Entry entry : inOrder) {
      for (String model : entry.models()) {
        if (!model.equals(ANY)) {
          listed.putIfAbsent(model, entry.upstream());
        }
      }
    }
    return listed;
  }

  private Optional<Stop> qualified(String name) {
    int slash = name.indexOf('/');
    Entry entry = slash < 0 ? null : byName.get(name.substring(0, slash));
    if (entry == null) {
      return Optional.empty();
    }
    String model = name.substring(slash + 1);
    boolean isKnown = entry.lists(model) || (entry.takesAny() && !model.isEmpty());
    return isKnown ? Optional.of(new Stop(entry.upstream(), model)) : Optional.empty();
  }

  /** The one that is named, with the same model if it has it, else with its own first. */
  private Optional<Stop> fallback(List<Stop> stops) {
    Stop first = stops.get(0);
    Entry entry = byName.get(first.upstream());
    String named = entry == null ? null : entry.fallback();
    if (named == null) {
      return stops.size() > 1 ? Optional.of(stops.get(1)) : Optional.empty();
    }
    Entry other = byName.get(named);
    return Optional.ofNullable(other)
        .map(
            it ->
                new Stop(
                    named,
                    it.lists(first.model()) || it.takesAny() ? first.model() : it.models().get(0)));
  }
}
