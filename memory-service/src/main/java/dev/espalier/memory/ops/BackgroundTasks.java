package dev.espalier.memory.ops;

import dev.espalier.memory.core.Claim;
import dev.espalier.memory.core.Scope;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.Lease;
import dev.espalier.persistence.LeaseWorkers;
import dev.espalier.persistence.Leases;
import dev.espalier.persistence.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Tasks of one kind: any replica takes them, one at a time, and goes on where another one died. */
final class BackgroundTasks implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(30);

  private final Leases leases;
  private final LeaseWorkers workers;
  private final Clock clock;

  /**
   * @param table where the tasks are, a name from our code
   */
  BackgroundTasks(
      TenantTransactions transactions, Database database, Clock clock, String table, Job job) {
    this.clock = clock;
    leases = new Leases(transactions, database, table);
    workers =
        new LeaseWorkers(
            leases,
            new LeaseWorkers.Settings(UUID.randomUUID().toString(), 1, LEASE, POLL, STOP_TIMEOUT),
            (lease, shouldStop) ->
                job.run(lease.id(), () -> scope(lease), claim(lease), shouldStop));
  }

  void start() {
    workers.start();
  }

  /** Adds a task, in the unit of work in hand. */
  void add(UUID id, String tenant) {
    leases.add(id, tenant);
  }

  /** Removes a task whoever holds it, in the unit of work in hand. */
  void remove(UUID id) {
    leases.remove(id);
  }

  /** A task was added. */
  void wake() {
    workers.wake();
  }

  @Override
  public void close() {
    workers.close();
  }

  private Scope scope(Lease lease) {
    return new Scope(lease.tenant(), clock.instant().plus(STEP_TIMEOUT));
  }

  private Claim claim(Lease lease) {
    return new Claim() {
      @Override
      public void require() {
        leases.require(lease);
      }

      @Override
      public void end() {
        leases.end(lease);
      }
    };
  }

  /** What is done with a task. */
  @FunctionalInterface
  interface Job {

    /**
     * @param scope of a unit of work that begins now
     */
    void run(UUID task, Supplier<Scope> scope, Claim claim, BooleanSupplier shouldStop);
  }
}
