package dev.espalier.search.ops;

import dev.espalier.search.store.SearchTasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** How much work there is, read when the metrics are. */
@Singleton
class SearchMetrics implements MeterBinder {

  private final SearchTasks tasks;
  private final SearchWorkers workers;
  private final EventStreams streams;

  SearchMetrics(SearchTasks tasks, SearchWorkers workers, EventStreams streams) {
    this.tasks = tasks;
    this.workers = workers;
    this.streams = streams;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("espalier.search.running", workers, SearchWorkers::running)
        .description("Searches that this replica runs")
        .register(registry);
    Gauge.builder("espalier.search.waiting", tasks, t -> t.leases().load().waiting())
        .description("Searches that no replica runs yet, over all tenants")
        .register(registry);
    Gauge.builder("espalier.search.streams", streams, EventStreams::followers)
        .description("Clients that follow events here")
        .register(registry);
  }
}
