package io.realtime.notify.kafka.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.DeadLetter;
import io.realtime.notify.kafka.start.Start;
import io.realtime.notify.kafka.testing.MemoryStore;
import io.realtime.notify.kafka.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retries, dead letters and outages, in virtual time. */
class RecordResolverTest {
  private static final PartitionKey PARTITION = new PartitionKey("order.created", "id", 0);
  private static final KafkaSettings.Limits LIMITS = KafkaSettings.Limits.DEFAULT;

  private final VirtualTime time = new VirtualTime();
  private final MemoryStore store = new MemoryStore(Runnable::run);
  private final LaneFakes.Letters letters = new LaneFakes.Letters();
  private final LaneFakes.Events events = new LaneFakes.Events();
  private final PartitionLane lane =
      new PartitionLane(
          new Start(PARTITION, 0, -1, 0, Start.Reason.FIRST_SEEN),
          LIMITS,
          new RecordResolver(store, store, letters, LIMITS, events),
          time.runtime());
  private long offset;

  @Test
  void permanentFault_isDeadLetteredAtOnce_andOrderIsKept() {
    offer("0", "poison", "2");
    time.run();
    assertThat(letters.kept).singleElement().extracting(DeadLetter::attempts).isEqualTo(1);
    assertThat(store.values("order.created")).containsExactly("0", "2");
    assertThat(events.told).containsExactly("Deliver", "Reject", "Deliver");
    assertThat(lane.next()).isEqualTo(3);
  }

  @Test
  void unexpectedFault_isTriedFiveTimes_withGrowingPauses() {
    offer("explode", "next");
    time.run();
    assertThat(store.routed()).isEqualTo(1);
    // Four pauses of at most 200, 400, 800 and 1,600 ms.
    time.advance(Duration.ofSeconds(3));
    assertThat(store.routed()).isEqualTo(6);
    assertThat(events.retries).isEqualTo(4);
    assertThat(letters.kept)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reject().stage()).isEqualTo(Verdict.Stage.ROUTE);
              assertThat(letter.attempts()).isEqualTo(5);
            });
    assertThat(store.values("order.created")).containsExactly("next");
  }

  @Test
  void storeAway_costsNoAttempt_howeverLong_andLosesNothing() {
    store.unavailable(true);
    offer("0", "poison", "2");
    time.advance(Duration.ofHours(10));
    assertThat(letters.kept).isEmpty();
    assertThat(lane.isBlocked()).isTrue();
    assertThat(lane.next()).isZero();

    store.unavailable(false);
    time.advance(Duration.ofSeconds(5));
    assertThat(lane.isBlocked()).isFalse();
    assertThat(events.retries).isZero();
    assertThat(letters.kept).hasSize(1);
    assertThat(store.values("order.created")).containsExactly("0", "2");
  }

  @Test
  void deadLetterTopicAway_holdsTheLane_thenGoesOn() {
    letters.available = false;
    offer("0", "poison", "2");
    time.advance(Duration.ofMinutes(5));
    assertThat(store.values("order.created")).containsExactly("0");
    assertThat(lane.next()).isEqualTo(1);
    assertThat(lane.isBlocked()).isTrue();

    letters.available = true;
    time.advance(Duration.ofSeconds(5));
    assertThat(letters.kept).hasSize(1);
    assertThat(store.values("order.created")).containsExactly("0", "2");
  }

  @Test
  void recordThatTheStoreRefuses_isFoundInItsBatch_andDeadLetteredAfterFiveAttempts() {
    offer("0", "1", "stuck", "3");
    time.advance(Duration.ofSeconds(10));
    assertThat(store.values("order.created")).containsExactly("0", "1", "3");
    assertThat(letters.kept)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.record().offset()).isEqualTo(2);
              assertThat(letter.reject().stage()).isEqualTo(Verdict.Stage.APPEND);
              assertThat(letter.attempts()).isEqualTo(5);
            });
    assertThat(lane.next()).isEqualTo(4);
  }

  @Test
  void storeGoesAwayWhileARecordIsRefused_theOutageCostsNoAttempt() {
    offer("stuck");
    time.run();
    store.unavailable(true);
    time.advance(Duration.ofHours(1));
    assertThat(letters.kept).isEmpty();
    assertThat(lane.isBlocked()).isTrue();
    store.unavailable(false);
    time.advance(Duration.ofSeconds(10));
    assertThat(letters.kept).hasSize(1);
  }

  @Test
  void probe_movesNoMarkThatCounts() {
    offer("0", "stuck");
    time.run();
    Watermark before = store.marks("order.created").get(PARTITION);
    time.advance(Duration.ofMillis(500));
    assertThat(store.marks("order.created").get(PARTITION)).isEqualTo(before);
    time.advance(Duration.ofSeconds(10));
    assertThat(store.marks("order.created").get(PARTITION)).isEqualTo(new Watermark(1, 0, 0));
  }

  private void offer(String... values) {
    for (String value : values) {
      assertThat(
              lane.offer(
                  new SourceRecord(
                      PARTITION,
                      offset++,
                      0,
                      0,
                      Instant.EPOCH,
                      null,
                      value.getBytes(UTF_8),
                      List.of())))
          .isTrue();
    }
    lane.start();
  }
}
