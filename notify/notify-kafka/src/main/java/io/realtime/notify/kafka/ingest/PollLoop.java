package io.realtime.notify.kafka.ingest;

import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.client.Causes;
import io.realtime.notify.kafka.client.ClientConfigs;
import io.realtime.notify.kafka.client.GroupProtocol;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.commit.CommitLedger;
import io.realtime.notify.kafka.lane.LaneRuntime;
import io.realtime.notify.kafka.lane.PartitionLane;
import io.realtime.notify.kafka.lane.RecordResolver;
import io.realtime.notify.kafka.start.Start;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one consumer: assigned partitions get their start and a lane, records go to the
 * lanes, full lanes pause their partition, what is resolved is committed. Everything here belongs
 * to the poll thread.
 */
final class PollLoop implements ConsumerRebalanceListener {
  /** How long a revoked partition may take to finish what it does. */
  static final Duration REVOKE_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration IDLE_POLL = Duration.ofMillis(100);
  private static final Duration PAUSED_POLL = Duration.ofMillis(10);
  private static final Duration START_RETRY = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);

  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final KafkaSettings settings;
  private final KafkaSettings.Limits limits;
  private final StartRule startRule;
  private final RecordResolver resolver;
  private final LaneRuntime runtime;
  private final CommitLedger ledger;
  private final RecordReader reader;
  private final BrokerWatch watch;
  private final GroupWatch group;
  private final KafkaHealth health;
  private final IngestMetrics metrics;
  private final Map<TopicPartition, PartitionLane> lanes = new HashMap<>();
  private final Map<TopicPartition, PartitionLane> ending = new HashMap<>();
  private final Map<TopicPartition, Optional<Long>> waiting = new HashMap<>();
  private long nextStartAt = System.nanoTime();
  private long nextFiguresAt = System.nanoTime();
  private boolean startsFailed;
  private int startTurn;
  private boolean assigned;
  private boolean topicsAskedFor;

  PollLoop(
      Consumer<byte[], byte[]> consumer,
      Admin admin,
      KafkaSettings settings,
      StartRule startRule,
      Lanes how,
      Reports reports) {
    this.consumer = consumer;
    this.admin = admin;
    this.settings = settings;
    this.limits = settings.limits();
    this.startRule = startRule;
    this.resolver = how.resolver();
    this.runtime = how.runtime();
    this.ledger =
        new CommitLedger(
            new ConsumerOffsets(consumer), limits, startRule.firstStart(), System::nanoTime);
    this.reader = new RecordReader(reports.metrics());
    this.watch = new BrokerWatch(admin, reports.health());
    this.group = new GroupWatch(admin, settings, reports.health(), runtime.clock());
    this.health = reports.health();
    this.metrics = reports.metrics();
  }

  /** How lanes are made. */
  record Lanes(RecordResolver resolver, LaneRuntime runtime) {}

  /** Who is told. */
  record Reports(KafkaHealth health, IngestMetrics metrics) {}

  /** Returns when told to stop; whatever it throws ends this consumer, not the service. */
  void run(Pattern subscription, BooleanSupplier stopping) throws InterruptedException {
    consumer.subscribe(subscription, this);
    while (!stopping.getAsBoolean()) {
      askForNewTopics();
      group.tick();
      holdBack();
      startWaiting();
      poll();
      pauseAndResume();
      ledger.commitIfDue(lanes);
      watch.tick(Set.copyOf(lanes.keySet()));
      restartRecreated();
      figures();
    }
  }

  /** Lets the lanes finish, commits and forgets them. Call before the consumer is closed. */
  void stop() {
    release(Set.copyOf(lanes.keySet()), true);
  }

  /** Waits for lanes that still hand something to the store, until told not to. */
  void awaitLanes(BooleanSupplier stopping) throws InterruptedException {
    for (PartitionLane lane : ending.values()) {
      while (!stopping.getAsBoolean() && !lane.awaitEnd(IDLE_POLL.toMillis())) {
        LOG.debug("kafka: {} still ends", lane.partition());
      }
    }
  }

  private void poll() {
    boolean anyPaused = lanes.values().stream().anyMatch(PartitionLane::isPaused);
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = consumer.poll(anyPaused || !waiting.isEmpty() ? PAUSED_POLL : IDLE_POLL);
    } catch (LogTruncationException e) {
      e.divergentOffsets()
          .forEach((partition, offset) -> restart(partition, Optional.of(offset.offset())));
      restartAll(e.partitions());
      return;
    } catch (InvalidOffsetException e) {
      restartAll(e.partitions());
      return;
    }
    for (TopicPartition partition : records.partitions()) {
      PartitionLane lane = lanes.get(partition);
      if (lane != null) {
        dispatch(partition, lane, records.records(partition));
      }
    }
  }

  private void dispatch(
      TopicPartition partition, PartitionLane lane, List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      SourceRecord source = reader.read(record, lane.partition(), lane.generation(), consumer);
      if (!lane.offer(source)) {
        consumer.seek(partition, new OffsetAndMetadata(record.offset(), record.leaderEpoch(), ""));
        pause(partition, lane);
        return;
      }
    }
  }

  private void pauseAndResume() {
    Set<TopicPartition> broken = new HashSet<>();
    lanes.forEach(
        (partition, lane) -> {
          if (lane.hasEnded()) {
            LOG.error("kafka: the lane of {} ended by itself and starts again", partition);
            broken.add(partition);
          }
        });
    restartAll(broken);
    lanes.forEach(
        (partition, lane) -> {
          if (lane.isPaused() && lane.wantsResume()) {
            consumer.resume(Set.of(partition));
            lane.paused(false);
          } else if (!lane.isPaused() && lane.wantsPause(ClientConfigs.MAX_POLL_RECORDS)) {
            pause(partition, lane);
          }
        });
  }

  private void pause(TopicPartition partition, PartitionLane lane) {
    consumer.pause(Set.of(partition));
    lane.paused(true);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      awaitStart(partition, Optional.empty());
    }
    assigned = true;
    if (!partitions.isEmpty()) {
      LOG.info("kafka: {} partitions assigned", partitions.size());
    }
    nextStartAt = System.nanoTime();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    release(partitions, true);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    LOG.warn("kafka: {} partitions lost to the group", partitions.size());
    release(partitions, false);
  }

  private void release(Collection<TopicPartition> partitions, boolean commit) {
    Map<TopicPartition, PartitionLane> released = new HashMap<>();
    for (TopicPartition partition : partitions) {
      waiting.remove(partition);
      PartitionLane lane = lanes.remove(partition);
      if (lane != null) {
        lane.stop();
        released.put(partition, lane);
      }
    }
    if (waiting.isEmpty()) {
      health.waiting(Optional.empty());
    }
    long deadline = System.nanoTime() + REVOKE_TIMEOUT.toNanos();
    released.forEach(
        (partition, lane) -> {
          try {
            if (!lane.awaitEnd(Math.max(0, (deadline - System.nanoTime()) / 1_000_000))) {
              ending.put(partition, lane);
            }
          } catch (InterruptedException e) {
            ending.put(partition, lane);
            Thread.currentThread().interrupt();
          }
        });
    if (commit) {
      ledger.commitNow(released);
    }
  }

  /** Positions are not ours to guess: nothing is fetched until the start is known. */
  private void awaitStart(TopicPartition partition, Optional<Long> divergent) {
    consumer.pause(Set.of(partition));
    consumer.seek(partition, 0);
    waiting.merge(partition, divergent, (before, now) -> before.isPresent() ? before : now);
  }

  private void restartAll(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> restart(partition, Optional.empty()));
  }

  private void restart(TopicPartition partition, Optional<Long> divergent) {
    PartitionLane lane = lanes.remove(partition);
    if (lane != null) {
      lane.stop();
      ending.put(partition, lane);
    }
    awaitStart(partition, divergent);
  }

  /**
   * A static member that comes back as the group's leader keeps the assignment it had (KIP-814):
   * without this, a topic that came while it was away would be read by nobody.
   */
  private void askForNewTopics() {
    if (assigned && !topicsAskedFor && settings.groupProtocol() == GroupProtocol.CLASSIC) {
      topicsAskedFor = true;
      consumer.enforceRebalance("topics may have come while this node was away");
    }
  }

  /** Beside another member nothing is delivered half-way: what was begun is put back. */
  private void holdBack() {
    if (group.holds() && !lanes.isEmpty()) {
      restartAll(Set.copyOf(lanes.keySet()));
    }
  }

  private void startWaiting() throws InterruptedException {
    ending.values().removeIf(PartitionLane::hasEnded);
    if (group.holds()) {
      return;
    }
    if (assigned && waiting.isEmpty()) {
      health.joined();
      return;
    }
    if (waiting.isEmpty() || System.nanoTime() - nextStartAt < 0) {
      return;
    }
    Set<TopicPartition> ready = new HashSet<>(waiting.keySet());
    ready.removeAll(ending.keySet());
    if (startsFailed && !ready.isEmpty()) {
      keepOneTopic(ready);
    }
    Map<TopicPartition, Long> divergent = new HashMap<>();
    ready.forEach(
        p -> waiting.getOrDefault(p, Optional.empty()).ifPresent(o -> divergent.put(p, o)));
    nextStartAt = System.nanoTime() + START_RETRY.toNanos();
    try {
      startRule.starts(consumer, admin, ready, divergent).forEach(this::begin);
      health.joined();
      if (waiting.isEmpty()) {
        health.waiting(Optional.empty());
        startsFailed = false;
      }
    } catch (AuthorizationException | AuthenticationException | InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      // Kafka or the store is not there: the partitions wait, paused.
      health.waiting(Optional.of(Causes.text(e)));
      if (!startsFailed) {
        LOG.warn("kafka: {} partitions cannot start yet: {}", ready.size(), Causes.text(e));
      }
      startsFailed = true;
    }
  }

  /** After a failure the topics take turns, so that a broken one does not hold up the others. */
  private void keepOneTopic(Set<TopicPartition> ready) {
    List<String> topics = ready.stream().map(TopicPartition::topic).distinct().sorted().toList();
    String turn = topics.get(Math.floorMod(startTurn++, topics.size()));
    ready.removeIf(partition -> !partition.topic().equals(turn));
  }

  private void begin(TopicPartition partition, Start start) {
    Optional<Integer> epoch =
        start.leaderEpoch() >= 0 ? Optional.of(start.leaderEpoch()) : Optional.empty();
    consumer.seek(partition, new OffsetAndMetadata(start.offset(), epoch, ""));
    lanes.put(partition, new PartitionLane(start, limits, resolver, runtime).start());
    waiting.remove(partition);
    watch.forget(partition.topic());
    consumer.resume(Set.of(partition));
  }

  private void restartRecreated() {
    Set<TopicPartition> recreated = new HashSet<>();
    lanes.forEach(
        (partition, lane) ->
            watch
                .topicId(partition.topic())
                .filter(id -> !id.equals(lane.partition().topicId()))
                .ifPresent(id -> recreated.add(partition)));
    restartAll(recreated);
  }

  private void figures() {
    long now = System.nanoTime();
    if (now - nextFiguresAt < 0) {
      return;
    }
    nextFiguresAt = now + Duration.ofSeconds(1).toNanos();
    long lag = 0;
    long inFlight = 0;
    long paused = waiting.size();
    long blocked = 0;
    Duration stalled = Duration.ZERO;
    for (Map.Entry<TopicPartition, PartitionLane> entry : lanes.entrySet()) {
      inFlight += entry.getValue().inFlight();
      paused += entry.getValue().isPaused() ? 1 : 0;
      blocked += entry.getValue().isBlocked() ? 1 : 0;
      Duration still = entry.getValue().stalled();
      stalled = still.compareTo(stalled) > 0 ? still : stalled;
      lag += Math.max(0, watch.end(entry.getKey()) - entry.getValue().resolvedTo());
    }
    metrics.position(new IngestMetrics.Position(lag, inFlight, paused, blocked, stalled));
    health.partitions(lanes.size() + waiting.size());
  }
}
