package dev.espalier.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it, in either direction. */
public final class MutableClock extends Clock {

  private final Hand hand;
  private final ZoneId zone;

  private MutableClock(Hand hand, ZoneId zone) {
    this.hand = hand;
    this.zone = zone;
  }

  public static MutableClock at(Instant start) {
    return new MutableClock(new Hand(start), ZoneOffset.UTC);
  }

  public void set(Instant instant) {
    hand.moveTo(instant);
  }

  public void advance(Duration step) {
    hand.move(step);
  }

  @Override
  public Instant instant() {
    return hand.now();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same hand in another zone: moving one moves both. */
  @Override
  public Clock withZone(ZoneId other) {
    return new MutableClock(hand, other);
  }

  private static final class Hand {

    private Instant now;

    Hand(Instant start) {
      now = start;
    }

    synchronized Instant now() {
      return now;
    }

    synchronized void moveTo(Instant instant) {
      now = instant;
    }

    synchronized void move(Duration step) {
      now = now.plus(step);
    }
  }
}
