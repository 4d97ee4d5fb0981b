package dev.espalier.gateway.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shares the places at a service among tenants: whoever waits gets the next free place in turn by
 * tenant, and no tenant has more than half of the places, so that another one finds some free at
 * once, however much the first one asks for.
 */
public final class FairShare {

  /** A request that came in or waits. */
  public final class Ticket {

    private final String tenant;
    private final Runnable start;
    private boolean isWaiting;
    private boolean isOver;

    private Ticket(String tenant, Runnable start) {
      this.tenant = tenant;
      this.start = start;
    }

    /** Gives the place back, or stops waiting for one; a second time does nothing. */
    public void leave() {
      FairShare.this.leave(this);
    }
  }

  private final int places;
  private final int mostOfOne;
  private final int maxWaiting;
  private final int mostWaitingOfOne;
  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, Deque<Ticket>> waiting = new LinkedHashMap<>();
  private int taken;
  private int waitingInAll;

  /**
   * @param places requests at the service at a time
   * @param maxWaiting requests that wait for a place
   */
  public FairShare(int places, int maxWaiting) {
    if (places < 1 || maxWaiting < 1) {
      throw new IllegalArgumentException("there has to be a place, and one to wait");
    }
    this.places = places;
    this.mostOfOne = half(places);
    this.maxWaiting = maxWaiting;
    this.mostWaitingOfOne = half(maxWaiting);
  }

  /**
   * Takes a place, now or when it is this tenant's turn.
   *
   * @param start runs when there is a place, on the thread of whoever made it free
   * @return null if too many wait already
   */
  public @Nullable Ticket enter(String tenant, Runnable start) {
    Ticket ticket = new Ticket(tenant, start);
    synchronized (this) {
      if (!isFreeFor(tenant)) {
        Deque<Ticket> queue = waiting.getOrDefault(tenant, new ArrayDeque<>());
        if (waitingInAll >= maxWaiting || queue.size() >= mostWaitingOfOne) {
          return null;
        }
        ticket.isWaiting = true;
        queue.add(ticket);
        waiting.putIfAbsent(tenant, queue);
        waitingInAll++;
        return ticket;
      }
      take(tenant);
    }
    start.run();
    return ticket;
  }

  private void leave(Ticket ticket) {
    Ticket next;
    synchronized (this) {
      if (ticket.isOver) {
        return;
      }
      ticket.isOver = true;
      if (ticket.isWaiting) {
        forget(ticket);
        return;
      }
      taken--;
      running.merge(ticket.tenant, -1, (a, b) -> a + b == 0 ? null : a + b);
      next = next();
    }
    if (next != null) {
      next.start.run();
    }
  }

  /** The first tenant in the round that may have the place; it goes to the end of the round. */
  private @Nullable Ticket next() {
    for (Iterator<Map.Entry<String, Deque<Ticket>>> round = waiting.entrySet().iterator();
        round.hasNext(); ) {
      Map.Entry<String, Deque<Ticket>> entry = round.next();
      if (isFreeFor(entry.getKey())) {
        Deque<Ticket> queue = entry.getValue();
        Ticket next = queue.remove();
        round.remove();
        if (!queue.isEmpty()) {
          waiting.put(next.tenant, queue);
        }
        waitingInAll--;
        next.isWaiting = false;
        take(next.tenant);
        return next;
      }
    }
    return null;
  }

  private void forget(Ticket ticket) {
    Deque<Ticket> queue = waiting.get(ticket.tenant);
    if (queue != null && queue.remove(ticket)) {
      waitingInAll--;
      if (queue.isEmpty()) {
        waiting.remove(ticket.tenant);
      }
    }
  }

  private boolean isFreeFor(String tenant) {
    return taken < places && running.getOrDefault(tenant, 0) < mostOfOne;
  }

  private void take(String tenant) {
    taken++;
    running.merge(tenant, 1, Integer::sum);
  }

  private static int half(int number) {
    return Math.max(1, number / 2);
  }
}
