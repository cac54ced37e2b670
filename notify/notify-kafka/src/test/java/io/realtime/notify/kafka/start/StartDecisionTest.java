package io.realtime.notify.kafka.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StartDecisionTest {
  private static final Instant FIRST = Instant.ofEpochMilli(1_700_000_000_000L);

  private PartitionKey partition = new PartitionKey("order.created", "id-now", 0);
  private final Map<PartitionKey, Watermark> marks = new HashMap<>();
  private Optional<StartDecision.Commit> commit = Optional.empty();
  private OptionalLong byTime = OptionalLong.empty();
  private OptionalLong divergent = OptionalLong.empty();

  @Test
  void watermark_winsOverCommit() {
    marks.put(partition, new Watermark(14, 3, 1));
    commit = Optional.of(new StartDecision.Commit(19, Optional.empty()));
    assertStart(15, 3, 1, Start.Reason.RESUMED);
  }

  @Test
  void watermarkAtLogEnd_resumes_onePastIt_isAnnounced() {
    marks.put(partition, new Watermark(19, 3, 0));
    assertStart(20, 3, 0, Start.Reason.RESUMED);
    marks.put(partition, new Watermark(20, 3, 0));
    assertStart(20, -1, 1, Start.Reason.LOG_END_BELOW);
  }

  @Test
  void watermarkJustBelowLogStart_resumes_oneLower_isAnnounced() {
    marks.put(partition, new Watermark(9, 3, 0));
    assertStart(10, 3, 0, Start.Reason.RESUMED);
    marks.put(partition, new Watermark(8, 3, 0));
    assertStart(10, -1, 1, Start.Reason.OUT_OF_RANGE);
  }

  @Test
  void divergentLog_startsWhereItDiverges_unlessWeAreBelow() {
    marks.put(partition, new Watermark(15, 3, 0));
    divergent = OptionalLong.of(12);
    assertStart(12, -1, 1, Start.Reason.LOG_TRUNCATED);
    divergent = OptionalLong.of(16);
    assertStart(16, 3, 0, Start.Reason.RESUMED);
  }

  @Test
  void otherTopicId_startsAtLogStart_asNextGeneration() {
    marks.put(new PartitionKey("order.created", "id-before", 0), new Watermark(500, 3, 4));
    assertStart(10, -1, 5, Start.Reason.TOPIC_RECREATED);
  }

  @Test
  void newPartitionOfRecreatedTopic_startsAtLogStart_asFirstGeneration() {
    marks.put(new PartitionKey("order.created", "id-before", 7), new Watermark(500, 3, 4));
    assertStart(10, -1, 0, Start.Reason.TOPIC_RECREATED);
  }

  @Test
  void otherTopicsWatermark_saysNothing() {
    marks.put(new PartitionKey("order.updated", "id-before", 0), new Watermark(500, 3, 4));
    byTime = OptionalLong.of(17);
    assertStart(17, -1, 0, Start.Reason.FIRST_SEEN);
  }

  @Test
  void commitOfSameTopic_isWhereALostStoreGoesOn() {
    commit = commit(16, "id-now", 2);
    assertStart(16, -1, 2, Start.Reason.STORE_LOST);
  }

  @Test
  void commitOfAnotherIncarnation_startsAtLogStart() {
    commit = commit(16, "id-before", 2);
    assertStart(10, -1, 3, Start.Reason.TOPIC_RECREATED);
  }

  @Test
  void commitOutsideTheLog_isBroughtInside() {
    commit = commit(25, "id-now", 0);
    assertStart(20, -1, 1, Start.Reason.LOG_END_BELOW);
    commit = commit(5, "id-now", 0);
    assertStart(10, -1, 1, Start.Reason.OUT_OF_RANGE);
  }

  @Test
  void firstSeen_withoutRecordInTime_startsAtTheEndThatWasReadFirst() {
    assertStart(20, -1, 0, Start.Reason.FIRST_SEEN);
  }

  @Test
  void ingress_startsAtLogStart() {
    partition = new PartitionKey(InternalTopics.INGRESS, "id-now", 0);
    byTime = OptionalLong.of(17);
    assertStart(10, -1, 0, Start.Reason.FIRST_SEEN);
  }

  @Test
  void commitNote_isReadAsItWasWritten_andForeignTextIsNot() {
    CommitNote note = new CommitNote("id-now", 3, FIRST);
    assertThat(CommitNote.parse(note.text())).contains(note);
    assertThat(CommitNote.parse("")).isEmpty();
    assertThat(CommitNote.parse("rt1 id x 5")).isEmpty();
    assertThat(CommitNote.parse("someone else's words")).isEmpty();
  }

  private static Optional<StartDecision.Commit> commit(long offset, String id, int generation) {
    return Optional.of(
        new StartDecision.Commit(offset, Optional.of(new CommitNote(id, generation, FIRST))));
  }

  private void assertStart(long offset, int epoch, int generation, Start.Reason reason) {
    var facts =
        new StartDecision.Facts(partition, Map.copyOf(marks), commit, 10, 20, byTime, divergent);
    assertThat(StartDecision.decide(facts))
        .isEqualTo(new Start(partition, offset, epoch, generation, reason));
  }
}
