package io.realtime.notify.kafka.start;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Decides where one partition starts. Pure: the watermark comes first, then the group's commit,
 * then the start rule; whatever they say must lie within the log that is there now.
 */
public final class StartDecision {
  private StartDecision() {}

  /**
   * @param partition with the id that the topic has now
   * @param marks every watermark the store knows
   * @param commit the group's, with its note
   * @param logStart the first offset that is still there
   * @param logEnd the offset after the last, read before {@code byTime}
   * @param byTime the first offset at or after the instant of the start rule; empty when none is
   * @param divergent where the leader's log differs from what we read, when it said so
   */
  public record Facts(
      PartitionKey partition,
      Map<PartitionKey, Watermark> marks,
      Optional<Commit> commit,
      long logStart,
      long logEnd,
      OptionalLong byTime,
      OptionalLong divergent) {}

  /** The group's commit. */
  public record Commit(long offset, Optional<CommitNote> note) {}

  public static Start decide(Facts facts) {
    Watermark mark = facts.marks().get(facts.partition());
    if (mark != null) {
      return withinLog(facts, mark, Start.Reason.RESUMED);
    }
    if (otherIncarnationKnown(facts)) {
      int generation = latestGeneration(facts).stream().map(g -> g + 1).findFirst().orElse(0);
      return new Start(
          facts.partition(), facts.logStart(), -1, generation, Start.Reason.TOPIC_RECREATED);
    }
    return facts
        .commit()
        .map(commit -> fromCommit(facts, commit))
        .orElseGet(() -> firstSeen(facts));
  }

  private static Start fromCommit(Facts facts, Commit commit) {
    int generation = commit.note().map(CommitNote::generation).orElse(0);
    boolean recreated =
        commit.note().map(n -> !n.topicId().equals(facts.partition().topicId())).orElse(false);
    if (recreated) {
      return new Start(
          facts.partition(), facts.logStart(), -1, generation + 1, Start.Reason.TOPIC_RECREATED);
    }
    return withinLog(
        facts, new Watermark(commit.offset() - 1, -1, generation), Start.Reason.STORE_LOST);
  }

  private static Start firstSeen(Facts facts) {
    boolean whole = facts.partition().topic().equals(InternalTopics.INGRESS);
    long offset = whole ? facts.logStart() : facts.byTime().orElse(facts.logEnd());
    return new Start(facts.partition(), offset, -1, 0, Start.Reason.FIRST_SEEN);
  }

  private static Start withinLog(Facts facts, Watermark mark, Start.Reason reason) {
    long next = mark.offset() + 1;
    int again = mark.generation() + 1;
    if (facts.divergent().isPresent() && facts.divergent().getAsLong() < next) {
      long offset = Math.max(facts.logStart(), facts.divergent().getAsLong());
      return new Start(facts.partition(), offset, -1, again, Start.Reason.LOG_TRUNCATED);
    }
    if (next > facts.logEnd()) {
      return new Start(facts.partition(), facts.logEnd(), -1, again, Start.Reason.LOG_END_BELOW);
    }
    if (next < facts.logStart()) {
      return new Start(facts.partition(), facts.logStart(), -1, again, Start.Reason.OUT_OF_RANGE);
    }
    return new Start(facts.partition(), next, mark.leaderEpoch(), mark.generation(), reason);
  }

  private static boolean otherIncarnationKnown(Facts facts) {
    PartitionKey now = facts.partition();
    return facts.marks().keySet().stream()
        .anyMatch(k -> k.topic().equals(now.topic()) && !k.topicId().equals(now.topicId()));
  }

  private static Optional<Integer> latestGeneration(Facts facts) {
    PartitionKey now = facts.partition();
    OptionalInt latest =
        facts.marks().entrySet().stream()
            .filter(e -> e.getKey().topic().equals(now.topic()))
            .filter(e -> e.getKey().partition() == now.partition())
            .mapToInt(e -> e.getValue().generation())
            .max();
    return latest.isPresent() ? Optional.of(latest.getAsInt()) : Optional.empty();
  }
}
