package io.realtime.verification.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.breaker.GuardedStore;
import io.realtime.notify.core.catalogue.EventCatalogue;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.delivery.Delivery;
import io.realtime.notify.core.fakes.FakeNamespace;
import io.realtime.notify.core.identity.Credentials;
import io.realtime.notify.core.identity.Identification;
import io.realtime.notify.core.identity.Principal;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.notify.core.presence.LocalPresence;
import io.realtime.notify.core.sockets.NotificationSockets;
import io.realtime.notify.core.sockets.SocketLimits;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.lane.LaneEvents;
import io.realtime.notify.kafka.lane.LaneRuntime;
import io.realtime.notify.kafka.lane.PartitionLane;
import io.realtime.notify.kafka.lane.RecordResolver;
import io.realtime.notify.kafka.start.Start;
import io.realtime.notify.kafka.start.StartDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One process of the service: everything in it is the product's but the poll loop, whose calls to
 * the broker are made by hand in the same order. Ends with {@link #kill}.
 */
final class Node {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final int POLL_RECORDS = 5;
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
  private final RecordResolver resolver;
  private final LaneRuntime runtime;
  private final Tasks pollThread;
  private final List<Assigned> assigned = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final Instant startedAt;

  Node(World world) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.startedAt = scheduler.instant();
    this.store = new SimStore(this, world.disk(), world.oracle(), scheduler, random);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    this.guarded = new GuardedStore(store, scheduler, random, registry);
    this.delivery =
        new Delivery(
            EventCatalogue.standard(),
            world.plant().wired(guarded, namespace),
            namespace,
            (product, level) -> {},
            World.DELIVERY,
            new DeliveryMetrics(registry),
            scheduler,
            world.oracle().arrivals().pids(random));
    serve();
    this.runtime = new LaneRuntime(strand(false), scheduler.timer(this), scheduler, random);
    this.pollThread = strand(true);
    this.resolver =
        new RecordResolver(
            world.plant().intake(delivery),
            world.plant().watermarks(guarded),
            new Letters(strand(true), world::lettersAway, world.oracle()),
            LIMITS,
            new Quiet());
    world.sources().forEach(source -> assigned.add(new Assigned(source)));
    every(POLL, () -> pollThread.execute(() -> assigned.forEach(Assigned::poll)));
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

  /** Wake-ups are lost from now on, or not. */
  void loseWakeUps(boolean lose) {
    namespace.loseWakeUps(lose);
  }

  /** SIGKILL: what was in memory is gone. */
  void kill() {
    connections.forEach(connection -> connection.drop(true));
    store.end();
    scheduler.end(this);
  }

  /** The group takes all partitions away and gives them back. */
  void rebalance() {
    assigned.forEach(Assigned::revoke);
  }

  /** A partition of this process, as the poll loop treats it. */
  private final class Assigned {
    private final Source source;
    private Optional<PartitionLane> lane = Optional.empty();
    private long position;
    private long commitAt;
    private boolean starting;

    Assigned(Source source) {
      this.source = source;
    }

    void revoke() {
      lane.ifPresent(
          given -> {
            given.stop();
            commit(given);
          });
    }

    void poll() {
      if (lane.isEmpty()) {
        start();
        return;
      }
      PartitionLane running = lane.get();
      if (running.hasEnded()) {
        lane = Optional.empty();
        return;
      }
      if (!running.partition().equals(source.key())) {
        running.stop();
        return;
      }
      for (int i = 0; i < POLL_RECORDS && position < source.end(); i++) {
        if (running.isBlocked()
            || !running.offer(source.at(position).source(running.generation()))) {
          break;
        }
        position++;
      }
      if (scheduler.millis() >= commitAt) {
        commitAt = scheduler.millis() + LIMITS.commitInterval().toMillis();
        commit(running);
      }
    }

    private void commit(PartitionLane running) {
      if (running.partition().equals(source.key())) {
        source.commit(
            running.next(), running.generation(), startedAt, running.partition().topicId());
        world.oracle().committed(running.partition(), running.next());
      }
    }

    private void start() {
      if (starting) {
        return;
      }
      starting = true;
      guarded.all().whenComplete((marks, failure) -> pollThread.execute(() -> decide(marks)));
    }

    private void decide(@Nullable Map<PartitionKey, Watermark> marks) {
      if (marks == null) {
        starting = false;
        return;
      }
      Start start =
          world
              .plant()
              .start(
                  new StartDecision.Facts(
                      source.key(),
                      marks,
                      source.commit(),
                      0,
                      source.end(),
                      source.byTime(),
                      OptionalLong.empty()));
      if (start.reason() == Start.Reason.RESUMED) {
        begin(start);
        return;
      }
      guarded
          .set(start.partition(), start.watermark())
          .whenComplete(
              (done, failure) ->
                  pollThread.execute(
                      () -> {
                        if (failure == null) {
                          begin(start);
                        } else {
                          starting = false;
                        }
                      }));
    }

    private void begin(Start start) {
      starting = false;
      position = start.offset();
      world.oracle().started(start);
      lane = Optional.of(new PartitionLane(start, LIMITS, resolver, runtime).start());
    }
  }
}
