package io.realtime.notify.kafka.lane;

import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.Intake;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import io.realtime.notify.kafka.client.Causes;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.DeadLetter;
import io.realtime.notify.kafka.deadletter.DeadLetterPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a record between the poll and its watermark: routed, tried again, dead-lettered,
 * appended. Runs in the lanes' steps and holds no state of theirs.
 *
 * <p>Two kinds of failure are kept apart. One that is bound to the record costs an attempt and ends
 * in the dead-letter topic. One of a dependency (the store, the dead-letter topic) never does: the
 * lane waits, its partition is paused, nothing is committed.
 */
public final class RecordResolver {
  /** What a probe writes: the mark of a partition that does not exist. */
  static final PartitionKey PROBE = new PartitionKey("realtime.probe", "", 0);

  private static final Logger LOG = LoggerFactory.getLogger(RecordResolver.class);
  private static final String STORE = "store";

  private final Intake intake;
  private final Watermarks watermarks;
  private final DeadLetterPublisher deadLetters;
  private final int attempts;
  private final Backoff retry;
  private final LaneEvents events;

  public RecordResolver(
      Intake intake,
      Watermarks watermarks,
      DeadLetterPublisher deadLetters,
      KafkaSettings.Limits limits,
      LaneEvents events) {
    this.intake = intake;
    this.watermarks = watermarks;
    this.deadLetters = deadLetters;
    this.attempts = limits.attempts();
    this.retry = new Backoff(limits.retryBase(), limits.retryCap());
    this.events = events;
  }

  /**
   * Resolves the records in order; completes, in a step of the lane, when the store has them all.
   * Fails with {@link LaneStoppedException} when the lane was stopped; what the store has by then
   * is reported to the lane.
   */
  CompletionStage<Void> resolve(PartitionLane lane, List<SourceRecord> batch) {
    return resolveFrom(lane, batch, 0);
  }

  private CompletionStage<Void> resolveFrom(PartitionLane lane, List<SourceRecord> batch, int at) {
    List<Intake.Resolved> ready = new ArrayList<>(batch.size() - at);
    for (int i = at; i < batch.size(); i++) {
      SourceRecord record = batch.get(i);
      Routed routed = route(record, 1);
      if (routed instanceof Routed.As(Verdict verdict) && !(verdict instanceof Verdict.Reject)) {
        ready.add(new Intake.Resolved(record, verdict));
        continue;
      }
      // What is good does not wait for what is bad.
      int after = i + 1;
      return then(
          lane,
          append(lane, ready),
          () ->
              then(
                  lane,
                  settle(lane, record, routed, 1),
                  resolved ->
                      then(
                          lane,
                          append(lane, List.of(resolved)),
                          () -> resolveFrom(lane, batch, after))));
    }
    return append(lane, ready);
  }

  /** What the catalogue makes of a record, or the exception that it should not throw. */
  private sealed interface Routed {
    record As(Verdict verdict) implements Routed {}

    record Failed(RuntimeException failure) implements Routed {}
  }

  private Routed route(SourceRecord record, int attempt) {
    try {
      return new Routed.As(intake.route(record));
    } catch (RuntimeException e) {
      warn(record, "could not be routed, attempt " + attempt, e);
      return new Routed.Failed(e);
    }
  }

  /** Ends with a record that can be appended: in time, or as a dead letter. */
  private CompletionStage<Intake.Resolved> settle(
      PartitionLane lane, SourceRecord record, Routed routed, int attempt) {
    return switch (routed) {
      case Routed.As(Verdict.Reject reject) ->
          deadLetter(lane, record, reject, Verdict.Reject.class.getName(), attempt);
      case Routed.As(Verdict verdict) ->
          CompletableFuture.completedStage(new Intake.Resolved(record, verdict));
      case Routed.Failed(RuntimeException failure) when attempt >= attempts ->
          unexpected(lane, record, Verdict.Stage.ROUTE, failure);
      case Routed.Failed _ ->
          then(
              lane,
              lane.pause(retry.after(attempt, lane.runtime().random())),
              () -> {
                events.retried();
                return settle(lane, record, route(record, attempt + 1), attempt + 1);
              });
    };
  }

  private CompletionStage<Intake.Resolved> unexpected(
      PartitionLane lane, SourceRecord record, Verdict.Stage stage, Throwable failure) {
    Verdict.Reject reject =
        new Verdict.Reject(stage, Verdict.ErrorCode.UNEXPECTED, Causes.text(failure));
    return deadLetter(lane, record, reject, failure.getClass().getName(), attempts);
  }

  private CompletionStage<Intake.Resolved> deadLetter(
      PartitionLane lane, SourceRecord record, Verdict.Reject reject, String errorClass, int made) {
    DeadLetter letter =
        new DeadLetter(record, reject, errorClass, made, lane.runtime().clock().instant());
    return then(
        lane,
        insist(lane, "dead-letter topic", () -> deadLetters.publish(letter), true),
        taken -> {
          LOG.warn(
              "kafka: dead letter {}@{}: {} {} {}",
              name(record.partition()),
              record.offset(),
              reject.stage(),
              reject.code(),
              reject.message());
          return CompletableFuture.completedStage(new Intake.Resolved(record, reject));
        });
  }

  private CompletionStage<Void> append(PartitionLane lane, List<Intake.Resolved> ready) {
    if (ready.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    List<Intake.Resolved> handed = List.copyOf(ready);
    return then(
        lane,
        accept(lane, handed),
        failure -> {
          if (failure.isEmpty()) {
            return CompletableFuture.completedStage(null);
          }
          return handed.size() > 1
              ? appendEach(lane, handed, 0)
              : appendAlone(lane, handed.getFirst(), failure.get(), 1);
        });
  }

  /** A batch that failed as a whole: its records one by one, so that one cannot fail the others. */
  private CompletionStage<Void> appendEach(
      PartitionLane lane, List<Intake.Resolved> handed, int at) {
    return at == handed.size()
        ? CompletableFuture.completedStage(null)
        : then(lane, append(lane, List.of(handed.get(at))), () -> appendEach(lane, handed, at + 1));
  }

  /** One record that the store will not take, though it may take others. */
  private CompletionStage<Void> appendAlone(
      PartitionLane lane, Intake.Resolved resolved, Throwable failure, int attempt) {
    SourceRecord record = resolved.record();
    warn(record, "could not be appended, attempt " + attempt, failure);
    if (attempt >= attempts) {
      CompletionStage<Intake.Resolved> rejected =
          resolved.verdict() instanceof Verdict.Reject
              ? CompletableFuture.completedStage(resolved)
              : unexpected(lane, record, Verdict.Stage.APPEND, failure);
      return then(lane, rejected, last -> mark(lane, last));
    }
    return then(
        lane,
        lane.pause(retry.after(attempt, lane.runtime().random())),
        () ->
            then(
                lane,
                probe(lane),
                () -> {
                  events.retried();
                  return then(
                      lane,
                      accept(lane, List.of(resolved)),
                      again ->
                          again.isEmpty()
                              ? CompletableFuture.completedStage(null)
                              : appendAlone(lane, resolved, again.get(), attempt + 1));
                }));
  }

  /** Takes a dead letter's record over in the store, as long as that takes. */
  private CompletionStage<Void> mark(PartitionLane lane, Intake.Resolved rejected) {
    List<Intake.Resolved> one = List.of(rejected);
    return then(
        lane,
        insist(lane, STORE, () -> intake.accept(lane.partition(), one), true),
        taken -> {
          done(lane, one);
          return CompletableFuture.completedStage(null);
        });
  }

  /** Does the store take anything at all? Touches no mark that counts. */
  private CompletionStage<Void> probe(PartitionLane lane) {
    Watermark any = new Watermark(lane.runtime().clock().millis(), -1, 0);
    return insist(lane, STORE, () -> watermarks.set(PROBE, any), true).thenApply(taken -> null);
  }

  /** Empty when the store has them; otherwise why it will not take them, though it could. */
  private CompletionStage<Optional<Throwable>> accept(
      PartitionLane lane, List<Intake.Resolved> handed) {
    return insist(lane, STORE, () -> intake.accept(lane.partition(), handed), false)
        .thenApply(
            failure -> {
              if (failure.isEmpty()) {
                done(lane, handed);
              }
              return failure;
            });
  }

  private void done(PartitionLane lane, List<Intake.Resolved> handed) {
    handed.forEach(r -> events.resolved(r.verdict()));
    lane.resolved(handed.stream().map(Intake.Resolved::record).toList());
  }

  private CompletionStage<Optional<Throwable>> insist(
      PartitionLane lane,
      String dependency,
      Supplier<CompletionStage<Void>> work,
      boolean anyFailure) {
    return new Insistence(lane, events, dependency, work, anyFailure).begin();
  }

  private static <T> CompletionStage<T> then(
      PartitionLane lane, CompletionStage<Void> before, Supplier<CompletionStage<T>> next) {
    return then(lane, before, done -> next.get());
  }

  /** The next step, unless the lane was stopped. */
  private static <A extends @org.jspecify.annotations.Nullable Object, B> CompletionStage<B> then(
      PartitionLane lane, CompletionStage<A> before, Function<A, CompletionStage<B>> next) {
    return before.thenComposeAsync(
        value -> {
          if (lane.isStopped()) {
            throw new LaneStoppedException();
          }
          return next.apply(value);
        },
        lane.runtime().executor());
  }

  private static void warn(SourceRecord record, String what, Throwable failure) {
    LOG.warn("kafka: record {}@{} {}", name(record.partition()), record.offset(), what, failure);
  }

  static String name(PartitionKey partition) {
    return partition.topic() + "-" + partition.partition();
  }
}
