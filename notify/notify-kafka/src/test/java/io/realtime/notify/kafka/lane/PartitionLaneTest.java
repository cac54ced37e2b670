package io.realtime.notify.kafka.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.client.ClientConfigs;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.start.Start;
import io.realtime.notify.kafka.testing.MemoryStore;
import io.realtime.notify.kafka.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PartitionLaneTest {
  private static final PartitionKey PARTITION = new PartitionKey("order.created", "id", 0);
  private static final KafkaSettings.Limits LIMITS = KafkaSettings.Limits.DEFAULT;

  private final VirtualTime time = new VirtualTime();
  private final MemoryStore store = new MemoryStore(Runnable::run);

  @Test
  void record1000_fits_record1001_doesNot() {
    PartitionLane lane = lane();
    for (int i = 0; i < 1_000; i++) {
      assertThat(lane.offer(record(i, 10))).as("record %d", i).isTrue();
    }
    assertThat(lane.offer(record(1_000, 10))).isFalse();
    assertThat(lane.inFlight()).isEqualTo(1_000);
  }

  @Test
  void bytes_areBounded_too() {
    PartitionLane lane = lane();
    int mebibyte = 1024 * 1024;
    for (int i = 0; i < 15; i++) {
      assertThat(lane.offer(record(i, mebibyte))).isTrue();
    }
    // 15 records and their overhead leave a little less than one more needs.
    assertThat(lane.offer(record(15, mebibyte))).isFalse();
    assertThat(lane.offer(record(15, mebibyte / 2))).isTrue();
  }

  @Test
  void recordLargerThanTheWholeBound_fitsAlone() {
    PartitionLane lane = lane();
    assertThat(lane.offer(record(0, 17 * 1024 * 1024))).isTrue();
    assertThat(lane.offer(record(1, 1))).isFalse();
  }

  @Test
  void pause_isAskedFor_whenOneMorePollMightNotFit() {
    PartitionLane lane = lane();
    for (int i = 0; i < 500; i++) {
      assertThat(lane.offer(record(i, 10))).isTrue();
    }
    assertThat(lane.wantsPause(ClientConfigs.MAX_POLL_RECORDS)).isFalse();
    assertThat(lane.offer(record(500, 10))).isTrue();
    assertThat(lane.wantsPause(ClientConfigs.MAX_POLL_RECORDS)).isTrue();
    assertThat(lane.wantsResume()).isFalse();
  }

  @Test
  void resolvedRecords_makeRoom_andMoveTheLane() {
    PartitionLane lane = lane();
    assertThat(lane.offer(record(7, 10))).isTrue();
    lane.start();
    time.run();
    assertThat(lane.next()).isEqualTo(8);
    assertThat(lane.inFlight()).isZero();
    assertThat(lane.wantsResume()).isTrue();
    lane.stop();
    assertThat(lane.hasEnded()).isTrue();
  }

  @Test
  void recordsOfferedMeanwhile_areTakenAsOneBatch_behindTheFirst() {
    PartitionLane lane = lane().start();
    for (int i = 0; i < 300; i++) {
      assertThat(lane.offer(record(i, 1))).isTrue();
    }
    time.run();
    assertThat(lane.next()).isEqualTo(300);
    assertThat(store.resolved("order.created")).hasSize(300);
  }

  @Test
  void stop_waitsForTheStore_andReportsNothingElse() {
    VirtualTime storeTime = new VirtualTime();
    MemoryStore slow = new MemoryStore(storeTime);
    PartitionLane lane = lane(slow).start();
    assertThat(lane.offer(record(0, 10))).isTrue();
    time.run();
    assertThat(lane.offer(record(1, 10))).isTrue();
    lane.stop();
    time.run();
    assertThat(lane.hasEnded()).as("the store still has the first").isFalse();

    storeTime.run();
    time.run();
    assertThat(lane.hasEnded()).isTrue();
    assertThat(lane.next()).isEqualTo(1);
  }

  @Test
  void stop_endsAWaitAtOnce() {
    store.unavailable(true);
    PartitionLane lane = lane().start();
    assertThat(lane.offer(record(0, 10))).isTrue();
    time.run();
    assertThat(lane.isBlocked()).isTrue();
    assertThat(time.waits()).isEqualTo(1);

    lane.stop();
    time.run();
    assertThat(lane.hasEnded()).isTrue();
    assertThat(lane.isBlocked()).isFalse();
    assertThat(time.waits()).isZero();
    assertThat(lane.next()).isZero();
  }

  @Test
  void stalled_countsFromTheLastProgress_whileSomethingWaits() {
    store.unavailable(true);
    PartitionLane lane = lane().start();
    assertThat(lane.stalled()).isEqualTo(Duration.ZERO);
    assertThat(lane.offer(record(0, 10))).isTrue();
    time.advance(Duration.ofSeconds(30));
    assertThat(lane.stalled()).isEqualTo(Duration.ofSeconds(30));
    store.unavailable(false);
    time.advance(Duration.ofSeconds(2));
    assertThat(lane.stalled()).isEqualTo(Duration.ZERO);
  }

  @Test
  void backoff_doublesUpToItsCap() {
    Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
    assertThat(backoff.bound(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.bound(2)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.bound(6)).isEqualTo(Duration.ofMillis(6_400));
    assertThat(backoff.bound(7)).isEqualTo(Duration.ofSeconds(10));
    assertThat(backoff.bound(1_000)).isEqualTo(Duration.ofSeconds(10));
    assertThat(backoff.after(3, RandomGenerator.getDefault()))
        .isBetween(Duration.ZERO, Duration.ofMillis(800));
  }

  private PartitionLane lane() {
    return lane(store);
  }

  private PartitionLane lane(MemoryStore into) {
    RecordResolver resolver =
        new RecordResolver(into, into, new LaneFakes.NoLetters(), LIMITS, new LaneFakes.Events());
    return new PartitionLane(
        new Start(PARTITION, 0, -1, 0, Start.Reason.FIRST_SEEN), LIMITS, resolver, time.runtime());
  }

  private static SourceRecord record(long offset, int size) {
    return new SourceRecord(
        PARTITION, offset, 0, 0, Instant.EPOCH, null, new byte[size], List.of());
  }
}
