package dev.espalier.search.upstream;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The configured upstreams, by name. */
public final class Upstreams implements AutoCloseable {

  /** The upstream that is meant where several could be and a search names none. */
  static final String DEFAULT = "default";

  private final Map<String, Upstream> byName = new TreeMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "upstream-sample");
            thread.setDaemon(true);
            return thread;
          });

  public Upstreams(Collection<Upstream> upstreams) {
    upstreams.forEach(upstream -> byName.put(upstream.options().name(), upstream));
  }

  /** An upstream and one of its models. */
  record Chosen(Upstream upstream, String model) {}

  public List<Upstream> all() {
    return List.copyOf(byName.values());
  }

  /**
   * What a search means.
   *
   * @param field that names it, for the error
   * @param forms that will do
   * @param named {@code upstream} or {@code upstream/model}; null for the only one, or that which
   *     is called "default"
   */
  Chosen choose(String field, List<UpstreamForm> forms, @Nullable String named) {
    List<Upstream> fitting =
        byName.values().stream().filter(u -> forms.contains(u.options().form())).toList();
    if (named == null) {
      return fitting.stream()
          .filter(u -> fitting.size() == 1 || u.options().name().equals(DEFAULT))
          .findFirst()
          .map(u -> new Chosen(u, u.options().defaultModel()))
          .orElseThrow(() -> new UnknownChoiceException(field, names(fitting)));
    }
    String[] parts = named.split("/", 2);
    Upstream upstream =
        fitting.stream()
            .filter(u -> u.options().name().equals(parts[0]))
            .findFirst()
            .orElseThrow(() -> new UnknownChoiceException(field, names(fitting)));
    String model = parts.length == 1 ? upstream.options().defaultModel() : parts[1];
    if (!upstream.options().models().contains(model)) {
      throw new UnknownChoiceException(field, names(List.of(upstream)));
    }
    return new Chosen(upstream, model);
  }

  /** For the samples of one expansion; how many are in flight is the upstreams' permits' matter. */
  ExecutorService threads() {
    return threads;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    byName.values().forEach(upstream -> upstream.client().close());
  }

  private static List<String> names(List<Upstream> upstreams) {
    return upstreams.stream()
        .flatMap(
            u ->
                Stream.concat(
                    Stream.of(u.options().name()),
                    u.options().models().stream().map(m -> u.options().name() + "/" + m)))
        .toList();
  }
}
