package io.realtime.verification.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.breaker.GuardedStore;
import io.realtime.notify.core.catalogue.EventCatalogue;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.delivery.Delivery;
import io.realtime.notify.core.delivery.EvictionAudit;
import io.realtime.notify.core.fakes.FakeNamespace;
import io.realtime.notify.core.identity.Credentials;
import io.realtime.notify.core.identity.Identification;
import io.realtime.notify.core.identity.Principal;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.notify.core.presence.LocalPresence;
import io.realtime.notify.core.sockets.NotificationSockets;
import io.realtime.notify.core.sockets.SocketLimits;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.lane.LaneEvents;
import io.realtime.notify.kafka.lane.LaneRuntime;
import io.realtime.notify.kafka.lane.PartitionLane;
import io.realtime.notify.kafka.lane.RecordResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * One process of the service: everything in it is the product's but the poll loop, whose calls to
 * the broker are made by hand in the same order. Ends with {@link #kill}.
 */
final class Node {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final KafkaSettings.Limits LIMITS =
      new KafkaSettings.Limits(
          20,
          1 << 20,
          Duration.ofSeconds(1),
          1_000,
          5,
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));

  /** Never used, so it starts no thread. */
  private static final ScheduledExecutorService NO_TOKEN_ENDS =
      Executors.newSingleThreadScheduledExecutor();

  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final SimStore store;
  private final GuardedStore guarded;
  private final FakeNamespace namespace = new FakeNamespace(true);
  private final Delivery delivery;
  private final Polling polling;
  private final SimConsumer consumer;
  private final EvictionAudit audit;
  private final EvictionLog evictions;
  private final List<Connection> connections = new ArrayList<>();

  Node(World world) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.store = new SimStore(this, world.disk(), world.oracle(), scheduler, random);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    DeliveryMetrics metrics = new DeliveryMetrics(registry);
    this.audit =
        new EvictionAudit(
            metrics, scheduler, world.plant().audit(world.oracle().audits()::written));
    this.evictions = world.plant().evictions(audit);
    this.guarded = new GuardedStore(store, scheduler, random, registry);
    this.delivery =
        new Delivery(
            EventCatalogue.standard(),
            world.plant().wired(guarded, namespace),
            namespace,
            (product, level) -> {},
            World.DELIVERY,
            metrics,
            scheduler,
            world.oracle().arrivals().pids(random));
    serve();
    LaneRuntime runtime = new LaneRuntime(strand(false), scheduler.timer(this), scheduler, random);
    RecordResolver resolver =
        new RecordResolver(
            world.plant().intake(delivery),
            world.plant().watermarks(guarded),
            new Letters(strand(true), world::lettersAway, world.oracle()),
            LIMITS,
            new Quiet());
    Tasks pollThread = strand(true);
    this.consumer = new SimConsumer(world, strand(true), pollThread);
    this.polling =
        new Polling(
            world,
            pollThread,
            consumer,
            guarded,
            start -> new PartitionLane(start, LIMITS, resolver, runtime).start(),
            LIMITS);
    every(POLL, () -> pollThread.execute(polling::turn));
    every(SWEEP, this::sweep);
  }

  /** As the product's wiring does it. */
  private void serve() {
    NotificationSockets sockets =
        new NotificationSockets(
            Node::identify,
            delivery,
            world.appAck(),
            new LocalPresence(),
            SocketLimits.defaults(),
            scheduler,
            NO_TOKEN_ENDS);
    sockets.install(namespace);
    namespace.keptBy(sockets);
  }

  /** Whoever names himself is believed. */
  private static Identification identify(Credentials credentials) {
    String userId = credentials.userId().orElseThrow();
    return new Identification.Known(
        new Principal(userId, userId.equals(Plant.ADMIN), Set.of(), Optional.empty()));
  }

  private Tasks strand(boolean ordered) {
    Tasks tasks = new Tasks(this, random, ordered);
    scheduler.add(tasks);
    return tasks;
  }

  private void every(Duration interval, Runnable task) {
    scheduler.after(
        this,
        interval,
        () -> {
          task.run();
          every(interval, task);
        });
  }

  private void sweep() {
    guarded.sweep();
    audit.sweep();
    delivery.sweep();
    long now = scheduler.millis();
    connections.forEach(connection -> connection.check(now, World.HEARTBEAT.toMillis()));
    connections.forEach(world.oracle()::observe);
    connections.removeIf(Connection::over);
    scheduler.prune();
  }

  /** Nobody watches lanes here. */
  private static final class Quiet implements LaneEvents {
    @Override
    public void resolved(Verdict verdict) {}

    @Override
    public void retried() {}

    @Override
    public void blocked(PartitionKey partition, String why) {}

    @Override
    public void unblocked(PartitionKey partition) {}
  }

  Connection connect(Device device) {
    Connection connection = new Connection(device, world.plant().caller(device), world);
    connection.wire(scheduler, this, namespace.connect(connection));
    connections.add(connection);
    return connection;
  }

  /** The store has removed what nobody proved to have. */
  void evicted(String userId, Gap gap) {
    evictions.evicted(userId, gap);
  }

  /** Wake-ups are lost from now on, or not. */
  void loseWakeUps(boolean lose) {
    namespace.loseWakeUps(lose);
  }

  /** SIGKILL: what was in memory is gone. */
  void kill() {
    connections.forEach(connection -> connection.drop(true));
    store.end();
    consumer.end();
    scheduler.end(this);
  }

  /** The group takes all partitions away and gives them back. */
  void rebalance() {
    polling.revoke();
  }
}
