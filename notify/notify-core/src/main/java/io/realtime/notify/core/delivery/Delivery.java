package io.realtime.notify.core.delivery;

import io.realtime.notify.core.catalogue.EventCatalogue;
import io.realtime.notify.core.catalogue.Incoming;
import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.catalogue.RoutedEvent;
import io.realtime.notify.core.catalogue.RoutedEvent.Delivery.Feed;
import io.realtime.notify.core.catalogue.RoutedEvent.Delivery.Personal;
import io.realtime.notify.core.catalogue.RoutedEvent.Delivery.State;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.delivery.Outlet.Wake;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.NewEntry;
import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.ingest.Intake;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.socketio.protocol.socketio.RawJson;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a resolved record to the connections that must hear of it: the inbox first, then the user's
 * connections, then everyone subscribed. Any thread; the order of one partition is its caller's.
 */
public final class Delivery implements Intake, PersonalDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final EventCatalogue catalogue;
  private final Inbox inbox;
  private final Namespace namespace;
  private final StateObserver observer;
  private final DeliverySettings settings;
  private final DeliveryMetrics metrics;
  private final InstantSource clock;
  private final Outlets outlets;
  private long purgeAt;

  /**
   * @param random of the secrets by which sessions come back: a {@link java.security.SecureRandom}
   *     but in tests
   */
  public Delivery(
      EventCatalogue catalogue,
      Inbox inbox,
      Namespace namespace,
      StateObserver observer,
      DeliverySettings settings,
      DeliveryMetrics metrics,
      InstantSource clock,
      RandomGenerator random) {
    this.catalogue = catalogue;
    this.inbox = inbox;
    this.namespace = namespace;
    this.observer = observer;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.outlets = new Outlets(namespace, inbox, settings, metrics, clock, random);
    this.purgeAt = clock.millis() + settings.purgeInterval().toMillis();
  }

  @Override
  public Verdict route(SourceRecord record) {
    return catalogue.route(incoming(record));
  }

  private static Incoming incoming(SourceRecord record) {
    return new Incoming(
        record.partition().topic(),
        record.partition().partition(),
        record.offset(),
        record.generation(),
        record.timestamp(),
        record.value(),
        record::header);
  }

  @Override
  public Visit arrive(Visitor visitor) {
    return outlets.arrive(visitor);
  }

  @Override
  public void attach(Socket socket, Visit visit) {
    outlets.attach(socket, visit);
  }

  @Override
  public int acknowledge(Socket socket, Set<String> eventIds) {
    return outlets.acknowledge(socket, eventIds);
  }

  /**
   * Heals lost wake-ups and drops what has outlived its time. To be called about once a second, by
   * one thread at a time.
   */
  public void sweep() {
    outlets.sweep();
    if (clock.millis() >= purgeAt) {
      purgeAt = clock.millis() + settings.purgeInterval().toMillis();
      inbox
          .purge()
          .whenComplete(
              (purged, failure) -> {
                if (failure != null) {
                  LOG.warn("the inbox was not purged; it is tried again: {}", failure.toString());
                }
              });
    }
  }

  @Override
  public CompletionStage<Void> accept(PartitionKey partition, List<Resolved> records) {
    List<Item> items = records.stream().map(this::item).toList();
    return inbox
        .append(partition, items)
        .thenAccept(outcomes -> handOut(partition, records, outcomes));
  }

  private Item item(Resolved resolved) {
    SourceRecord record = resolved.record();
    Watermark watermark = new Watermark(record.offset(), record.leaderEpoch(), record.generation());
    if (!(resolved.verdict() instanceof Verdict.Deliver(RoutedEvent event))) {
      return new Item(watermark, Optional.empty(), List.of());
    }
    List<NewEntry> entries = new ArrayList<>(1);
    for (RoutedEvent.Delivery delivery : event.deliveries()) {
      if (delivery instanceof Personal personal) {
        entries.add(
            new NewEntry(
                personal.userId(),
                event.eventId(),
                personal.event(),
                personal.payload(),
                record.timestamp()));
      }
    }
    return new Item(watermark, catalogue.onceKey(incoming(record)), entries);
  }

  /** What was stored is safe: whatever fails from here on must not make the caller repeat it. */
  private void handOut(PartitionKey partition, List<Resolved> records, List<Outcome> outcomes) {
    Map<String, List<Wake>> wakes = new LinkedHashMap<>();
    List<Runnable> broadcasts = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      Verdict verdict = records.get(i).verdict();
      switch (outcomes.get(i)) {
        case Outcome.Duplicate() -> metrics.duplicate(verdict);
        case Outcome.Stored(List<Entry> entries) -> {
          metrics.resolved(verdict);
          if (verdict instanceof Verdict.Deliver(RoutedEvent event)) {
            prepare(event, entries.iterator(), wakes, broadcasts);
          }
        }
      }
    }
    wakes.forEach((userId, list) -> guarded(partition, () -> outlets.wake(userId, list)));
    broadcasts.forEach(broadcast -> guarded(partition, broadcast));
  }

  private void prepare(
      RoutedEvent event,
      Iterator<Entry> entries,
      Map<String, List<Wake>> wakes,
      List<Runnable> broadcasts) {
    for (RoutedEvent.Delivery delivery : event.deliveries()) {
      switch (delivery) {
        case Personal personal -> {
          Wake wake = Wake.of(entries.next());
          wakes.computeIfAbsent(personal.userId(), user -> new ArrayList<>()).add(wake);
          personal.observers().ifPresent(room -> broadcasts.add(() -> observe(room, personal)));
        }
        case State state -> broadcasts.add(() -> broadcast(state));
        case Feed feed ->
            broadcasts.add(
                () ->
                    namespace
                        .to(Rooms.ADMIN)
                        .emit(Message.of(feed.event(), new RawJson(feed.payload()))));
      }
    }
  }

  /** Without a position: an observer's client would return it as its own. */
  private void observe(String room, Personal personal) {
    namespace
        .to(room)
        .except(Rooms.user(personal.userId()))
        .emit(Message.of(personal.event(), new RawJson(personal.payload())));
  }

  private void broadcast(State state) {
    namespace
        .to(Rooms.INVENTORY, Rooms.product(state.productId()))
        .emit(Message.of(state.event(), new RawJson(state.payload())));
    state.stock().ifPresent(level -> observer.onStock(state.productId(), level));
  }

  private static void guarded(PartitionKey partition, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error(
          "stored but not handed out, connections catch up: topic={} partition={}",
          partition.topic(),
          partition.partition(),
          e);
    }
  }

  /** Connections that are served now. */
  public int outletCount() {
    return outlets.count();
  }
}
