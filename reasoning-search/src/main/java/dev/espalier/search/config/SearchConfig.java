package dev.espalier.search.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** {@code espalier.search.*}, but for the upstreams. */
@ConfigMapping(prefix = "espalier.search")
public interface SearchConfig {

  Workers workers();

  Limits limits();

  Streams streams();

  /** Who runs searches. */
  interface Workers {

    /** How many searches this process runs at once; 0 leaves the work to other replicas. */
    @WithDefault("64")
    @Min(0)
    @Max(1024)
    int concurrency();

    /** How many requests to upstreams this process makes at once, over all its searches. */
    @WithDefault("128")
    @Min(1)
    @Max(4096)
    int calls();

    /** How long a search stays with a worker that sends no heartbeat. */
    @WithDefault("15S")
    Duration lease();

    /** How often to look for searches that other replicas took in. */
    @WithDefault("500MS")
    Duration poll();

    /** How long running searches get to write down their calls in flight before the end. */
    @WithDefault("8S")
    Duration stopTimeout();

    /** After that many failures of ours, not of upstreams, a search is given up. */
    @WithDefault("8")
    @Min(1)
    int maxFailures();
  }

  /** What a request may ask for. */
  interface Limits {

    /** The longest a search may be active, and what one gets that names no limit. */
    @WithDefault("1H")
    Duration time();

    /** The largest tree, and what a search gets that names no limit. */
    @WithDefault("20000")
    @Min(10)
    @Max(1_000_000)
    int nodes();

    /** Searches of one batch, control runs not counted. */
    @WithDefault("10000")
    @Min(1)
    @Max(100_000)
    int batchItems();
  }

  /** Live events. */
  interface Streams {

    /** How many clients may follow events at once. */
    @WithDefault("1000")
    @Min(1)
    int max();

    /** How often to look for what other replicas wrote. */
    @WithDefault("300MS")
    Duration poll();

    /** How long a stream may be silent before a comment is sent. */
    @WithDefault("15S")
    Duration pulse();
  }
}
