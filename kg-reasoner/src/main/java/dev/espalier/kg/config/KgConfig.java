package dev.espalier.kg.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.OptionalInt;

/** {@code espalier.kg.*}. */
@ConfigMapping(prefix = "espalier.kg")
public interface KgConfig {

  Uploads uploads();

  Graphs graphs();

  Queries queries();

  Jobs jobs();

  Streams streams();

  /** How triples come in. */
  interface Uploads {

    /** How many uploads are read at once; each holds a database connection. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int concurrent();
  }

  /** Graphs in memory. */
  interface Graphs {

    /** What all snapshots in memory may take together; a larger graph is refused. */
    @WithDefault("256M")
    MemorySize cacheSize();
  }

  /** The threads that reason. */
  interface Queries {

    /** How many questions are worked on at once; one per processor unless set. */
    OptionalInt threads();

    /** How many may wait for a thread; further ones are answered with 503. */
    @WithDefault("64")
    @Min(1)
    int waiting();

    /** The time that a question gets when it asks for none. */
    @WithDefault("10S")
    Duration budget();
  }

  /** The workers that train. */
  interface Jobs {

    /** How many trainings run at once; 0 leaves them to other replicas. */
    @WithDefault("1")
    @Min(0)
    @Max(16)
    int concurrency();

    /** Threads of one training; the result does not depend on it. */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int threads();

    /** How many jobs of a tenant may wait or run. */
    @WithDefault("20")
    @Min(1)
    int perTenant();

    /** How long a job stays with a worker that sends no heartbeat. */
    @WithDefault("15S")
    Duration lease();

    /** How often to look for jobs that other replicas took in. */
    @WithDefault("1S")
    Duration poll();

    /** The time that a training gets when it asks for none. */
    @WithDefault("10M")
    Duration budget();

    /** The most time that a training may ask for. */
    @WithDefault("4H")
    Duration maxBudget();
  }

  /** Streams of events. */
  interface Streams {

    @WithDefault("250MS")
    Duration poll();

    /** A stream in which nothing happens says so this often. */
    @WithDefault("15S")
    Duration pulse();

    @WithDefault("200")
    @Min(1)
    int max();
  }
}
