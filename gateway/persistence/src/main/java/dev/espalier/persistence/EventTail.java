package dev.espalier.persistence;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Follows the streams of an {@link EventTable}, whichever replica writes them: what is there
 * already first, then what comes. One thread looks for all followers at once; a follower that reads
 * slowly gets no more until it has read, so that it costs a page of memory at most.
 */
public final class EventTail implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EventTail.class);

  private static final int PAGE = 128;
  private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

  /** Says that nothing happened for a while; it is in no table. */
  public static final StoredEvent PULSE = new StoredEvent(0, "pulse", "{}");

  /**
   * Says that the process stops before the stream is over: the client comes back with the last
   * number it saw. It is in no table and has no number to go on after.
   */
  public static final StoredEvent INTERRUPTED =
      new StoredEvent(0, "interrupted", "{\"reason\":\"service_stopping\"}");

  /**
   * How to follow.
   *
   * @param poll how often to look for what other replicas wrote
   * @param pulse how long a follower may hear nothing; keeps proxies from cutting the connection
   * @param maxFollowers how many there may be at once
   */
  public record Settings(Duration poll, Duration pulse, int maxFollowers) {}

  private final TenantTransactions transactions;
  private final EventTable table;
  private final Settings settings;
  private final Predicate<StoredEvent> isFinal;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private final Semaphore wakeUp = new Semaphore(0);
  private final Thread thread = new Thread(this::look, "event-tail");
  private final Outage outage = new Outage(Clock.systemUTC(), LOG::warn, "event streams pause");
  private volatile boolean isStopping;

  /**
   * @param isFinal tells the event after which a stream ends
   */
  public EventTail(
      TenantTransactions transactions,
      EventTable table,
      Settings settings,
      Predicate<StoredEvent> isFinal) {
    this.transactions = transactions;
    this.table = table;
    this.settings = settings;
    this.isFinal = isFinal;
  }

  public void start() {
    thread.setDaemon(true);
    thread.start();
    // A stop waits for requests in flight, and a stream is one: it has to end when the stop begins.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-streams"));
  }

  /** This process wrote an event. */
  public void wake() {
    wakeUp.release();
  }

  public int followers() {
    return followers.size();
  }

  /**
   * The events after a number, until the final one or, when the process stops, {@link
   * #INTERRUPTED}. Begins with {@link #PULSE} where there is no event yet, so that the client hears
   * that it follows.
   *
   * @throws ProblemException {@code service.overloaded} when too many follow already
   */
  public Multi<StoredEvent> follow(String tenant, UUID stream, long after) {
    if (followers.size() >= settings.maxFollowers()) {
      throw new ProblemException(
          Problem.of(ErrorCode.OVERLOADED, "no further event stream can be followed now"));
    }
    Follower follower = new Follower(tenant, stream, after);
    return Multi.createFrom()
        .<StoredEvent>emitter(
            emitter -> {
              follower.open(emitter);
              emitter.onTermination(() -> followers.remove(follower));
              followers.add(follower);
              wake();
              if (isStopping) {
                follower.interrupt();
              }
            },
            BackPressureStrategy.BUFFER)
        .onItem()
        .invoke(follower::read);
  }

  @Override
  public void close() {
    isStopping = true;
    thread.interrupt();
    followers.forEach(Follower::interrupt);
  }

  private void look() {
    try {
      while (!isStopping) {
        boolean isMore = lookOnce();
        if (!isMore) {
          wakeUp.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
          wakeUp.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether somebody got a full page, and so there may be more at once. */
  private boolean lookOnce() {
    Map<String, List<Follower>> hungry =
        followers.stream()
            .filter(Follower::isHungry)
            .collect(Collectors.groupingBy(Follower::tenant));
    boolean isMore = false;
    for (Map.Entry<String, List<Follower>> tenant : hungry.entrySet()) {
      try {
        isMore |= feed(tenant.getKey(), tenant.getValue());
        outage.succeeded();
      } catch (RuntimeException e) {
        if (!isStopping) {
          outage.failed(e);
        }
      }
    }
    return isMore;
  }

  private boolean feed(String tenant, List<Follower> hungry) {
    boolean isMore = false;
    Map<UUID, Long> heads = in(tenant, () -> table.heads(streams(hungry)));
    for (Follower follower : hungry) {
      Long head = heads.get(follower.stream());
      if (head != null && head > follower.position()) {
        List<StoredEvent> page =
            in(tenant, () -> table.after(follower.stream(), follower.position(), PAGE));
        follower.send(page, isFinal);
        isMore |= page.size() == PAGE && follower.isHungry();
      } else {
        follower.pulseAfter(settings.pulse());
      }
    }
    return isMore;
  }

  private <T> T in(String tenant, Supplier<T> read) {
    return transactions.in(tenant, Instant.now().plus(QUERY_TIMEOUT), read);
  }

  private static List<UUID> streams(List<Follower> hungry) {
    return hungry.stream().map(Follower::stream).distinct().toList();
  }
}
