package io.realtime.verification.simulation;

import io.realtime.notify.core.breaker.GuardedStore;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.commit.CommitLedger;
import io.realtime.notify.kafka.lane.PartitionLane;
import io.realtime.notify.kafka.start.Start;
import io.realtime.notify.kafka.start.StartDecision;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the product's {@code PollLoop} does with its consumer, by hand and in its order; lanes, the
 * commit ledger and the decision where a partition starts are the product's. Of the poll thread.
 */
final class Polling {
  private static final Duration REVOKE_TIMEOUT = Duration.ofSeconds(5);
  private static final int POLL_RECORDS = 5;

  private final World world;
  private final Tasks thread;
  private final SimConsumer consumer;
  private final GuardedStore store;
  private final Function<Start, PartitionLane> begun;
  private final CommitLedger ledger;
  private final Map<TopicPartition, PartitionLane> lanes = new LinkedHashMap<>();
  private final Map<TopicPartition, PartitionLane> ending = new LinkedHashMap<>();
  private final Set<Source> starting = new HashSet<>();
  private final Map<TopicPartition, PartitionLane> released = new LinkedHashMap<>();
  private long patienceEndsAt;

  /**
   * @param begun makes the lane of a start
   */
  Polling(
      World world,
      Tasks thread,
      SimConsumer consumer,
      GuardedStore store,
      Function<Start, PartitionLane> begun,
      KafkaSettings.Limits limits) {
    this.world = world;
    this.thread = thread;
    this.consumer = consumer;
    this.store = store;
    this.begun = begun;
    this.ledger =
        new CommitLedger(
            world.plant().offsets(consumer),
            limits,
            world.scheduler().instant(),
            () -> world.scheduler().millis() * 1_000_000);
  }

  /** Once around the loop. */
  void turn() {
    if (waitsForLanes()) {
      return;
    }
    startWaiting();
    poll();
    pauseAndResume();
    ledger.commitIfDue(lanes);
    restartRecreated();
  }

  private void poll() {
    lanes.forEach(
        (partition, lane) -> {
          if (lane.isPaused()) {
            return;
          }
          for (Source.Produced record : consumer.poll(lane.partition(), POLL_RECORDS)) {
            if (!lane.offer(record.source(lane.generation()))) {
              consumer.seek(partition, record.offset());
              lane.paused(true);
              return;
            }
          }
        });
  }

  private void pauseAndResume() {
    List<TopicPartition> broken =
        lanes.keySet().stream().filter(it -> lane(it).hasEnded()).toList();
    broken.forEach(this::restart);
    lanes
        .values()
        .forEach(
            lane -> {
              if (lane.isPaused() && lane.wantsResume()) {
                lane.paused(false);
              } else if (!lane.isPaused() && lane.wantsPause(POLL_RECORDS)) {
                lane.paused(true);
              }
            });
  }

  private PartitionLane lane(TopicPartition partition) {
    PartitionLane lane = lanes.get(partition);
    if (lane == null) {
      throw new IllegalStateException(partition + ": no lane (expected: one)");
    }
    return lane;
  }

  /** The watch on the broker looks now and then. */
  private void restartRecreated() {
    for (Source source : world.sources()) {
      PartitionLane lane = lanes.get(source.partition());
      if (lane != null && !lane.partition().equals(source.key()) && world.random().nextBoolean()) {
        restart(source.partition());
      }
    }
  }

  private void restart(TopicPartition partition) {
    PartitionLane lane = lane(partition);
    lanes.remove(partition);
    lane.stop();
    ending.put(partition, lane);
  }

  /** The group takes all partitions away and gives them back. */
  void revoke() {
    released.putAll(lanes);
    ending.putAll(lanes);
    lanes.values().forEach(PartitionLane::stop);
    lanes.clear();
    patienceEndsAt = world.scheduler().millis() + REVOKE_TIMEOUT.toMillis();
  }

  /** The poll thread waits for lanes that were taken away, not long, and commits what they did. */
  private boolean waitsForLanes() {
    if (released.isEmpty()) {
      return false;
    }
    if (world.scheduler().millis() < patienceEndsAt
        && !released.values().stream().allMatch(PartitionLane::hasEnded)) {
      return true;
    }
    ledger.commitNow(released);
    released.clear();
    return false;
  }

  private void startWaiting() {
    ending.values().removeIf(PartitionLane::hasEnded);
    for (Source source : world.sources()) {
      TopicPartition partition = source.partition();
      if (!lanes.containsKey(partition) && !ending.containsKey(partition) && starting.add(source)) {
        store.all().whenComplete((marks, failure) -> thread.execute(() -> decide(source, marks)));
      }
    }
  }

  private void decide(Source source, @Nullable Map<PartitionKey, Watermark> marks) {
    if (marks == null) {
      starting.remove(source);
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
    if (start.watermark().equals(marks.get(start.partition()))) {
      begin(source, start);
      return;
    }
    store
        .set(start.partition(), start.watermark())
        .whenComplete(
            (done, failure) ->
                thread.execute(
                    () -> {
                      if (failure == null) {
                        begin(source, start);
                      } else {
                        starting.remove(source);
                      }
                    }));
  }

  private void begin(Source source, Start start) {
    starting.remove(source);
    world.oracle().started(start);
    consumer.seek(source.partition(), start.offset());
    lanes.put(source.partition(), begun.apply(start));
  }
}
