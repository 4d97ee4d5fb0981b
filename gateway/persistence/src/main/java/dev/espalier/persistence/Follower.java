package dev.espalier.persistence;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One reader of an {@link EventTail}; all but {@link #read} and {@link #interrupt} happens on the
 * tail's thread.
 */
final class Follower {

  private final String tenant;
  private final UUID stream;
  private final AtomicInteger unread = new AtomicInteger();
  private long position;
  private Instant heard = Instant.EPOCH;
  private @Nullable MultiEmitter<? super StoredEvent> emitter;

  Follower(String tenant, UUID stream, long position) {
    this.tenant = tenant;
    this.stream = stream;
    this.position = position;
  }

  void open(MultiEmitter<? super StoredEvent> opened) {
    emitter = opened;
  }

  String tenant() {
    return tenant;
  }

  UUID stream() {
    return stream;
  }

  /** The number of the last event sent. */
  long position() {
    return position;
  }

  /** Whether everything sent so far has been read. */
  boolean isHungry() {
    return unread.get() == 0;
  }

  void read(StoredEvent event) {
    unread.decrementAndGet();
  }

  void send(List<StoredEvent> events, Predicate<StoredEvent> isFinal) {
    for (StoredEvent event : events) {
      position = event.seq();
      emit(event);
      if (isFinal.test(event)) {
        Objects.requireNonNull(emitter).complete();
        return;
      }
    }
  }

  void pulseAfter(Duration silence) {
    if (heard.plus(silence).isBefore(Instant.now())) {
      emit(EventTail.PULSE);
    }
  }

  /** Says that the process stops; nothing comes after that. */
  void interrupt() {
    emit(EventTail.INTERRUPTED);
    Objects.requireNonNull(emitter).complete();
  }

  private void emit(StoredEvent event) {
    heard = Instant.now();
    unread.incrementAndGet();
    Objects.requireNonNull(emitter).emit(event);
  }
}
