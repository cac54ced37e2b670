package io.realtime.notify.core.delivery;

import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The outlets of this node, one for each connected socket. Any thread. */
final class Outlets implements PersonalDelivery {
  private static final String KEY = "realtime.outlet";

  private final Namespace namespace;
  private final Inbox inbox;
  private final DeliverySettings settings;
  private final DeliveryMetrics metrics;
  private final InstantSource clock;
  private final Set<Attached> attached = ConcurrentHashMap.newKeySet();
  private final Visits visits;

  Outlets(
      Namespace namespace,
      Inbox inbox,
      DeliverySettings settings,
      DeliveryMetrics metrics,
      InstantSource clock,
      RandomGenerator random) {
    this.namespace = namespace;
    this.inbox = inbox;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.visits = new Visits(inbox, settings, clock, random);
  }

  private record Attached(Socket socket, Outlet outlet) {}

  @Override
  public Visit arrive(Visitor visitor) {
    Visit visit = visits.begin(visitor);
    if (visit.refused()) {
      metrics.tooManyConnections();
    }
    return visit;
  }

  @Override
  public void attach(Socket socket, Visit visit) {
    Outlet outlet = new Outlet(socket, visit, visits, inbox, settings, metrics, clock);
    Attached entry = new Attached(socket, outlet);
    socket.data().put(KEY, outlet);
    attached.add(entry);
    socket.onDisconnect(reason -> attached.remove(entry));
    socket.onProven(outlet::onProven);
    visit.attached(socket);
    outlet.open();
  }

  @Override
  public int acknowledge(Socket socket, Set<String> eventIds) {
    return socket.data().get(KEY) instanceof Outlet outlet ? outlet.acknowledged(eventIds) : 0;
  }

  /** Tells the user's connections of new entries, in one task per loop. */
  void wake(String userId, List<Outlet.Wake> wakes) {
    namespace
        .to(Rooms.user(userId))
        .local()
        .forEachLocal(
            socket -> {
              if (socket.data().get(KEY) instanceof Outlet outlet) {
                outlet.wake(wakes);
              }
            });
  }

  /** Runs the checks that are due, each on its connection's loop. */
  void sweep() {
    visits.repeatDepartures();
    attached.removeIf(entry -> !entry.socket().connected());
    long now = clock.millis();
    for (Attached entry : attached) {
      if (entry.outlet().dueAt() <= now) {
        entry.socket().loop().execute(entry.outlet()::check);
      }
    }
  }

  int count() {
    return attached.size();
  }
}
