package io.realtime.notify.core.sockets;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.catalogue.EventCatalogue;
import io.realtime.notify.core.delivery.Delivery;
import io.realtime.notify.core.delivery.DeliverySettings;
import io.realtime.notify.core.delivery.PersonalDelivery;
import io.realtime.notify.core.delivery.Visit;
import io.realtime.notify.core.delivery.Visitor;
import io.realtime.notify.core.fakes.FakeClock;
import io.realtime.notify.core.fakes.FakeNamespace;
import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.identity.Authenticator;
import io.realtime.notify.core.identity.DevelopmentAuthenticator;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.notify.core.presence.LocalPresence;
import io.realtime.notify.core.testing.FaultyStore;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.SessionKeeper.Claim;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The real delivery behind sockets of a fake namespace. */
abstract class SocketsFixture {

  final FakeNamespace namespace = new FakeNamespace();
  final FakeClock clock = new FakeClock();
  final LocalPresence presence = new LocalPresence();
  final List<String> attached = new ArrayList<>();
  boolean appAck;
  final List<Visitor> visitors = new ArrayList<>();
  final List<String> pids = new ArrayList<>();
  final List<String> starts = new ArrayList<>();
  final FaultyStore store = new FaultyStore(clock);
  final Delivery delivery =
      new Delivery(
          EventCatalogue.standard(),
          store,
          namespace,
          (product, level) -> {},
          DeliverySettings.defaults(),
          new DeliveryMetrics(new SimpleMeterRegistry()),
          clock,
          new Random(1));
  final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  /** What the library of the client of that visit returns. */
  Optional<Claim> claim(int visit) {
    return Optional.of(new Claim(pids.get(visit), starts.get(visit)));
  }

  FakeSocket connect(String userId) {
    if (presence.totalConnections() == 0 && attached.isEmpty()) {
      install(new DevelopmentAuthenticator());
    }
    return namespace.connect(handshake(userId));
  }

  void install(Authenticator authenticator) {
    NotificationSockets sockets =
        new NotificationSockets(
            authenticator,
            recording(),
            appAck,
            presence,
            new SocketLimits(3, 2, 5, 2),
            clock,
            timer);
    sockets.install(namespace);
    namespace.keptBy(sockets);
  }

  PersonalDelivery recording() {
    return new PersonalDelivery() {
      @Override
      public Visit arrive(Visitor visitor) {
        visitors.add(visitor);
        Visit visit = delivery.arrive(visitor);
        visit.pid().ifPresent(pids::add);
        visit.start().map(Position::text).ifPresent(starts::add);
        return visit;
      }

      @Override
      public void attach(Socket socket, Visit visit) {
        attached.add(socket.id() + " after " + ((FakeSocket) socket).sent().size());
        delivery.attach(socket, visit);
      }

      @Override
      public int acknowledge(Socket socket, Set<String> eventIds) {
        return delivery.acknowledge(socket, eventIds) + 10;
      }
    };
  }

  static @Nullable Object answerOf(FakeSocket socket) {
    return socket.sent().getLast().message().arguments().get(1);
  }

  static Map<String, Object> products(int from, int count) {
    return Map.of(
        "productIds", IntStream.range(from, from + count).mapToObj(i -> "p-" + i).toList());
  }

  static Handshake handshake(String userId) {
    return handshake(userId, Map.of(), Map.of());
  }

  static Handshake handshake(
      String userId, Map<String, Object> auth, Map<String, List<String>> query) {
    Map<String, List<String>> all = new HashMap<>(query);
    all.put("userId", List.of(userId));
    HttpRequest request =
        new HttpRequest(
            "GET",
            "/socket.io/",
            "/socket.io/",
            all,
            HttpHeaders.empty(),
            InetSocketAddress.createUnresolved("client", 1),
            false,
            new byte[0]);
    return new Handshake(request, new FakeClock().instant(), Collections.unmodifiableMap(auth));
  }
}
