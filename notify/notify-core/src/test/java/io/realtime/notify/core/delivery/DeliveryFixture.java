package io.realtime.notify.core.delivery;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.catalogue.EventCatalogue;
import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.fakes.FakeClock;
import io.realtime.notify.core.fakes.FakeNamespace;
import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.ingest.Intake.Resolved;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.notify.core.testing.InMemoryInbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The real way from a record to sockets, on fake sockets and a fake clock. */
final class DeliveryFixture {
  static final PartitionKey ORDERS = new PartitionKey("order.created", "id", 0);

  final FakeClock clock = new FakeClock();
  final FakeNamespace namespace = new FakeNamespace();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final DeliveryMetrics metrics = new DeliveryMetrics(registry);
  final List<String> audit = new ArrayList<>();
  final InMemoryInbox store =
      new InMemoryInbox(
          InboxLimits.defaults(), clock, new EvictionAudit(metrics, clock, audit::add));
  final FaultyInbox inbox = new FaultyInbox(store);
  final List<String> stocks = new ArrayList<>();
  private final Map<FakeSocket, Beginning> beginnings = new HashMap<>();
  final Delivery delivery;
  private long offset;

  DeliveryFixture() {
    this(DeliverySettings.defaults());
  }

  DeliveryFixture(DeliverySettings settings) {
    this.delivery =
        new Delivery(
            EventCatalogue.standard(),
            inbox,
            namespace,
            (product, level) -> stocks.add(product + '=' + level.stock()),
            settings,
            metrics,
            clock,
            new Random(1));
  }

  Beginning beginning(FakeSocket socket) {
    return Objects.requireNonNull(beginnings.get(socket));
  }

  /** What the client returns that got this many of the events that {@code socket} was sent. */
  Optional<Position> position(FakeSocket socket, int received) {
    return received == 0
        ? beginning(socket).start()
        : Position.parse(
            String.valueOf(socket.sent().get(received - 1).message().arguments().getLast()));
  }

  static String[] ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new);
  }

  /** What was decided about a socket. */
  record Beginning(Visit visit, Optional<Position> start, boolean recovered) {}

  static DeliverySettings settings(int maxUnproven, long maxBytes, int pageSize) {
    return new DeliverySettings(
        maxUnproven,
        maxBytes,
        pageSize,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        20);
  }

  Resolved record(PartitionKey partition, long at, String json) {
    SourceRecord record =
        new SourceRecord(
            partition,
            at,
            0,
            0,
            clock.instant(),
            null,
            json.getBytes(StandardCharsets.UTF_8),
            List.of());
    return new Resolved(record, delivery.route(record));
  }

  /** Accepts one order per id, each as a record of its own, and turns the loop. */
  void orders(String userId, String... orderIds) {
    for (String orderId : orderIds) {
      accept(
          ORDERS, offset++, "{\"orderId\":\"%s\",\"buyerId\":\"%s\"}".formatted(orderId, userId));
    }
    namespace.loop().turn();
  }

  void accept(PartitionKey partition, long at, String json) {
    delivery.accept(partition, List.of(record(partition, at, json))).toCompletableFuture().join();
  }

  FakeSocket connect(String userId) {
    return connect(new Visitor(userId, Optional.empty(), Optional.empty(), false));
  }

  /** As the sockets do it: what was missed first, then from the start on. */
  FakeSocket connect(Visitor visitor) {
    Visit visit = delivery.arrive(visitor);
    visit.decided().toCompletableFuture().join();
    return attach(visit);
  }

  FakeSocket attach(Visit visit) {
    FakeSocket socket = namespace.connect(Rooms.user(visit.userId()));
    visit.missed().forEach(it -> socket.emit(it.message(), it.mark().orElse(0)));
    beginnings.put(socket, new Beginning(visit, visit.start(), visit.recovered().isPresent()));
    namespace.loop().execute(() -> delivery.attach(socket, visit));
    namespace.loop().turn();
    return socket;
  }

  void sweepAfter(Duration time) {
    clock.advance(time);
    delivery.sweep();
    namespace.loop().turn();
  }

  /** Order ids in the order in which the socket was sent them. */
  static List<String> orderIds(FakeSocket socket) {
    return socket.payloads().stream()
        .map(payload -> payload.replaceFirst(".*\"orderId\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  /** Unproven entries that are stored, of all users. */
  long kept() {
    return store.sizes().entries();
  }
}
