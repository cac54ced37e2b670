package io.realtime.notify.kafka.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.DeadLetter;
import io.realtime.notify.kafka.deadletter.DeadLetterPublisher;
import io.realtime.notify.kafka.lane.LaneEvents;
import io.realtime.notify.kafka.lane.PartitionLane;
import io.realtime.notify.kafka.lane.RecordResolver;
import io.realtime.notify.kafka.start.CommitNote;
import io.realtime.notify.kafka.start.Start;
import io.realtime.notify.kafka.testing.MemoryStore;
import io.realtime.notify.kafka.testing.VirtualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommitLedgerTest {
  private static final TopicPartition PARTITION = new TopicPartition("order.created", 0);
  private static final KafkaSettings.Limits LIMITS = KafkaSettings.Limits.DEFAULT;

  private final VirtualTime time = new VirtualTime();
  private final VirtualTime storeTime = new VirtualTime();
  private final MemoryStore store = new MemoryStore(storeTime);
  private final Group group = new Group();
  private final Map<TopicPartition, PartitionLane> lanes = new HashMap<>();
  private long nanos;
  private final CommitLedger ledger = new CommitLedger(group, LIMITS, Instant.EPOCH, () -> nanos);

  @Test
  void recordUnderWay_due_commitEndsBeforeIt() {
    begin("id", 3);
    offer(3, 2);
    group.position = 5;

    due();

    assertThat(group.asked).containsExactly(3L);
  }

  @Test
  void allResolved_due_commitEndsBehindTheMarkersThatWereRead() {
    begin("id", 0);
    offer(0, 2);
    resolve();
    group.position = 4;

    due();

    assertThat(group.asked).containsExactly(4L);
  }

  @Test
  void positionUnknown_due_commitEndsBehindTheLastRecord() {
    begin("id", 0);
    offer(0, 2);
    resolve();
    group.position = -1;

    due();

    assertThat(group.asked).containsExactly(2L);
  }

  @Test
  void committed_dueAgain_nothingIsAsked_andAFailureIsRepeated() {
    begin("id", 0);
    due();
    group.answer(new TimeoutException("away"));
    due();
    group.answer(null);

    due();

    assertThat(group.asked).containsExactly(0L, 0L);
  }

  @Test
  void notDue_fewRecordsResolved_nothingIsAsked_andManyAre() {
    begin("id", 0);
    due();
    group.answer(null);
    for (int i = 0; i < LIMITS.commitRecords() - 1; i++) {
      offer(i, 1);
      resolve();
    }
    ledger.commitIfDue(lanes);
    assertThat(group.asked).hasSize(1);

    offer(LIMITS.commitRecords() - 1, 1);
    resolve();
    ledger.commitIfDue(lanes);

    assertThat(group.asked).containsExactly(0L, (long) LIMITS.commitRecords());
  }

  /**
   * A topic was deleted and created again while a commit was under way: its answer was taken for
   * one about the new lane, which then never committed where the old one had (simulation).
   */
  @Test
  void topicRecreated_answerOfTheOldCommitComes_newLaneCommitsItself() {
    begin("old", 0);
    due();
    begin("new", 0);

    group.answer(null);
    due();

    assertThat(group.topicIds).containsExactly("old", "new");
  }

  @Test
  void groupAway_lanesAreGivenUp_commitDoesNotFail() {
    begin("id", 7);
    group.away = true;

    assertThatCode(() -> ledger.commitNow(lanes)).doesNotThrowAnyException();
    assertThat(group.asked).containsExactly(7L);
  }

  private void begin(String topicId, long offset) {
    RecordResolver resolver =
        new RecordResolver(store, store, new NoLetters(), LIMITS, new Unwatched());
    Start start =
        new Start(
            new PartitionKey(PARTITION.topic(), topicId, PARTITION.partition()),
            offset,
            -1,
            0,
            Start.Reason.FIRST_SEEN);
    lanes.put(PARTITION, new PartitionLane(start, LIMITS, resolver, time.runtime()).start());
    group.position = offset;
  }

  private void offer(long from, int records) {
    PartitionLane lane = lanes.values().iterator().next();
    for (long offset = from; offset < from + records; offset++) {
      assertThat(
              lane.offer(
                  new SourceRecord(
                      lane.partition(), offset, 0, 0, Instant.EPOCH, null, new byte[1], List.of())))
          .isTrue();
    }
    time.run();
  }

  /** The store takes what it was given, twice: what waited behind it too. */
  private void resolve() {
    storeTime.run();
    time.run();
    storeTime.run();
    time.run();
  }

  private void due() {
    nanos += LIMITS.commitInterval().toNanos();
    ledger.commitIfDue(lanes);
  }

  /** Answers when a test says so; of one partition. */
  private static final class Group implements GroupOffsets {
    final List<Long> asked = new ArrayList<>();
    final List<String> topicIds = new ArrayList<>();
    long position;
    boolean away;
    private Map<TopicPartition, OffsetAndMetadata> open = Map.of();
    private OffsetCommitCallback callback = (done, failure) -> {};

    void answer(@Nullable Exception failure) {
      callback.onComplete(open, failure);
    }

    @Override
    public OptionalLong position(TopicPartition partition) {
      return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    @Override
    public void commit(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback answer) {
      open = offsets;
      callback = answer;
      note(offsets);
    }

    @Override
    public void commitAndWait(Map<TopicPartition, OffsetAndMetadata> offsets) {
      note(offsets);
      if (away) {
        throw new TimeoutException("away");
      }
    }

    private void note(Map<TopicPartition, OffsetAndMetadata> offsets) {
      offsets
          .values()
          .forEach(
              it -> {
                asked.add(it.offset());
                topicIds.add(CommitNote.parse(it.metadata()).orElseThrow().topicId());
              });
    }
  }

  private static final class Unwatched implements LaneEvents {
    @Override
    public void resolved(Verdict verdict) {}

    @Override
    public void retried() {}

    @Override
    public void blocked(PartitionKey partition, String why) {}

    @Override
    public void unblocked(PartitionKey partition) {}
  }

  private static final class NoLetters implements DeadLetterPublisher {
    @Override
    public CompletionStage<Void> publish(DeadLetter letter) {
      throw new AssertionError("nothing is to be dead-lettered");
    }

    @Override
    public void close() {}
  }
}
