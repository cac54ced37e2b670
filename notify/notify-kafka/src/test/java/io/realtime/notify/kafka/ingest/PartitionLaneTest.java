package io.realtime.notify.kafka.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.client.ClientConfigs;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.DeadLetter;
import io.realtime.notify.kafka.deadletter.DeadLetterPublisher;
import io.realtime.notify.kafka.testing.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PartitionLaneTest {
  private static final PartitionKey PARTITION = new PartitionKey("order.created", "id", 0);
  private static final KafkaSettings.Limits LIMITS = KafkaSettings.Limits.DEFAULT;

  private final MemoryStore store = new MemoryStore();

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
    await().untilAsserted(() -> assertThat(lane.next()).isEqualTo(8));
    await().untilAsserted(() -> assertThat(lane.inFlight()).isZero());
    assertThat(lane.wantsResume()).isTrue();
    lane.stop();
    await().until(lane::hasEnded);
  }

  @Test
  void stop_waitsForTheStore_andReportsNothingElse() throws Exception {
    store.hold();
    PartitionLane lane = lane().start();
    assertThat(lane.offer(record(0, 10))).isTrue();
    await().until(() -> store.routed() == 1);
    assertThat(lane.offer(record(1, 10))).isTrue();
    lane.stop();
    assertThat(lane.awaitEnd(50)).as("the store still has the first").isFalse();

    store.release();
    assertThat(lane.awaitEnd(5_000)).isTrue();
    assertThat(lane.next()).isEqualTo(1);
  }

  @Test
  void backoff_doublesUpToItsCap() {
    Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
    assertThat(backoff.bound(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.bound(2)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.bound(6)).isEqualTo(Duration.ofMillis(6_400));
    assertThat(backoff.bound(7)).isEqualTo(Duration.ofSeconds(10));
    assertThat(backoff.bound(1_000)).isEqualTo(Duration.ofSeconds(10));
    assertThat(backoff.after(3)).isBetween(Duration.ZERO, Duration.ofMillis(800));
  }

  private PartitionLane lane() {
    IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
    RecordResolver resolver =
        new RecordResolver(
            store,
            store,
            new NoDeadLetters(),
            LIMITS,
            InstantSource.system(),
            metrics,
            new KafkaHealth("broker:9092", metrics));
    return new PartitionLane(
        new Start(PARTITION, 0, -1, 0, Start.Reason.FIRST_SEEN), LIMITS, resolver);
  }

  private static SourceRecord record(long offset, int size) {
    return new SourceRecord(
        PARTITION, offset, 0, 0, Instant.EPOCH, null, new byte[size], List.of());
  }

  private static final class NoDeadLetters implements DeadLetterPublisher {
    @Override
    public CompletionStage<Void> publish(DeadLetter letter) {
      return CompletableFuture.failedFuture(new AssertionError("nothing is to be dead-lettered"));
    }

    @Override
    public void close() {}
  }
}
