package io.realtime.notify.core.delivery;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * The visits of this node by their pid, so that a client which comes back by a new connection ends
 * its old one first: only then is the store asked, and the end of the old connection cannot be
 * taken for that of the new one. A user has only so many places; who ends the own old connection
 * goes on in its place. Any thread.
 */
final class Visits {
  private final Inbox inbox;
  private final DeliverySettings settings;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Departures departures;
  private final Places places;
  private final ConcurrentHashMap<Session, Visit> byPid = new ConcurrentHashMap<>();

  /**
   * @param random of pids, which are secrets
   */
  Visits(Inbox inbox, DeliverySettings settings, InstantSource clock, RandomGenerator random) {
    this.inbox = inbox;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.departures = new Departures(inbox);
    this.places = new Places(settings.maxConnectionsPerUser());
  }

  /** A pid, and whose it is. */
  record Session(String userId, String pid) {}

  Visit begin(Visitor visitor) {
    Visit visit = new Visit(this, visitor, freshPid(), settings, clock);
    Optional<Session> claimed = claimed(visit);
    Entrance entrance = claimed.map(session -> claim(session, visit)).orElseGet(() -> enter(visit));
    if (!entrance.admitted()) {
      visit.refuse();
      return visit;
    }
    CompletionStage<Void> free =
        entrance
            .before()
            .map(Visit::takeOver)
            .orElseGet(() -> CompletableFuture.completedStage(null));
    var _ =
        free.thenCompose(gone -> inbox.connect(arrival(visit, visitor.pid(), visitor.mayRecover())))
            .thenCompose(
                welcome ->
                    fits(welcome)
                        ? CompletableFuture.completedStage(welcome)
                        : inbox.connect(arrival(visit, visitor.pid(), false)))
            .whenComplete(
                (welcome, failure) -> {
                  if (welcome != null) {
                    onWelcome(visit, claimed, welcome);
                  } else {
                    visit.decide(Optional.empty());
                  }
                });
    return visit;
  }

  /**
   * What became of somebody who comes.
   *
   * @param before the same client's old connection
   */
  private record Entrance(boolean admitted, Optional<Visit> before) {}

  private Entrance enter(Visit visit) {
    boolean free = places.take(visit.userId());
    if (free) {
      visit.place();
    }
    return new Entrance(free, Optional.empty());
  }

  /** In one step: of two that claim a session at once, the second ends the first. */
  private Entrance claim(Session session, Visit visit) {
    AtomicReference<Entrance> entrance =
        new AtomicReference<>(new Entrance(false, Optional.empty()));
    byPid.compute(
        session,
        (key, before) -> {
          if (before != null && before.leavePlace()) {
            visit.place();
          } else if (!enter(visit).admitted()) {
            return before;
          }
          entrance.set(new Entrance(true, Optional.ofNullable(before)));
          return visit;
        });
    return entrance.get();
  }

  /** It needs no place any more; a second call changes nothing. */
  void vacate(Visit visit) {
    if (visit.leavePlace()) {
      places.giveBack(visit.userId());
    }
  }

  private static Optional<Session> claimed(Visit visit) {
    return visit.visitor().pid().map(pid -> new Session(visit.userId(), pid));
  }

  private static Arrival arrival(Visit visit, Optional<String> pid, boolean mayRecover) {
    return new Arrival(
        visit.userId(), visit.freshPid(), pid, visit.visitor().position(), mayRecover);
  }

  private String freshPid() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** All that was missed is sent at once, and a connection holds only so much. */
  private boolean fits(Welcome welcome) {
    return switch (welcome) {
      case Welcome.Fresh _ -> true;
      case Welcome.Recovered recovered ->
          recovered.missed().size() <= settings.maxUnproven()
              && recovered.missed().stream().mapToLong(Entry::cost).sum()
                  <= settings.maxUnprovenBytes();
    };
  }

  /** A session that goes on may be claimed by a later visit already, whose it stays. */
  private void onWelcome(Visit visit, Optional<Session> claimed, Welcome welcome) {
    Session session = new Session(visit.userId(), welcome.pid());
    if (!claimed.equals(Optional.of(session))) {
      byPid.put(session, visit);
      claimed.ifPresent(returned -> byPid.remove(returned, visit));
    }
    visit.decide(Optional.of(welcome));
  }

  /**
   * Asks again, for a visit that began while the store was away. Until then the session that the
   * client returned stands for it: what others prove meanwhile is kept for that one.
   */
  CompletionStage<Welcome> late(Visit visit) {
    Optional<String> held =
        claimed(visit).filter(it -> visit.equals(byPid.get(it))).map(Session::pid);
    return inbox
        .connect(arrival(visit, held, false))
        .thenApply(
            welcome -> {
              byPid.put(new Session(visit.userId(), welcome.pid()), visit);
              claimed(visit).ifPresent(returned -> byPid.remove(returned, visit));
              visit.decideLate(welcome);
              if (visit.isOver()) { // its end may have seen no pid
                left(visit, visit.lost()); // and its device may be back: this stands for it
              }
              return welcome;
            });
  }

  /** It has ended. When somebody else holds its pid by now, that is no departure. */
  void left(Visit visit, Departure departure) {
    visit
        .pid()
        .or(() -> visit.visitor().pid())
        .ifPresent(pid -> leave(new Session(visit.userId(), pid), visit, departure));
  }

  private void leave(Session session, Visit visit, Departure departure) {
    if (byPid.remove(session, visit)) {
      departures.tell(session, departure);
    }
  }

  CompletionStage<Void> remember(Visit visit, SessionNote note) {
    return visit
        .pid()
        .map(pid -> inbox.remember(visit.userId(), pid, note))
        .orElseGet(() -> CompletableFuture.completedStage(null));
  }

  /** Tells the store again of departures that it did not take. */
  void repeatDepartures() {
    departures.repeat(byPid::containsKey);
  }
}
