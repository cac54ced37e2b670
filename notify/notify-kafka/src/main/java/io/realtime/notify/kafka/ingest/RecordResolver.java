package io.realtime.notify.kafka.ingest;

import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.Intake;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.DeadLetter;
import io.realtime.notify.kafka.deadletter.DeadLetterPublisher;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a record between the poll and its watermark: routed, tried again, dead-lettered,
 * appended. Runs on the lanes' threads and holds no state of theirs.
 *
 * <p>Two kinds of failure are kept apart. One that is bound to the record costs an attempt and ends
 * in the dead-letter topic. One of a dependency (the store, the dead-letter topic) never does: the
 * lane waits, its partition is paused, nothing is committed.
 */
final class RecordResolver {
  private static final Logger LOG = LoggerFactory.getLogger(RecordResolver.class);

  private final Intake intake;
  private final Watermarks watermarks;
  private final DeadLetterPublisher deadLetters;
  private final KafkaSettings.Limits limits;
  private final Backoff retry;
  private final InstantSource clock;
  private final IngestMetrics metrics;
  private final KafkaHealth health;

  RecordResolver(
      Intake intake,
      Watermarks watermarks,
      DeadLetterPublisher deadLetters,
      KafkaSettings.Limits limits,
      InstantSource clock,
      IngestMetrics metrics,
      KafkaHealth health) {
    this.intake = intake;
    this.watermarks = watermarks;
    this.deadLetters = deadLetters;
    this.limits = limits;
    this.retry = new Backoff(limits.retryBase(), limits.retryCap());
    this.clock = clock;
    this.metrics = metrics;
    this.health = health;
  }

  /**
   * Resolves the records in order; returns when the store has them all.
   *
   * @throws InterruptedException when the lane was stopped; what the store has is reported
   */
  void resolve(PartitionLane lane, List<SourceRecord> batch) throws InterruptedException {
    List<Intake.Resolved> ready = new ArrayList<>(batch.size());
    for (SourceRecord record : batch) {
      Verdict verdict = tryRoute(record);
      if (verdict instanceof Verdict.Deliver || verdict instanceof Verdict.Skip) {
        ready.add(new Intake.Resolved(record, verdict));
        continue;
      }
      // What is good does not wait for what is bad.
      append(lane, ready);
      ready.clear();
      append(lane, List.of(verdict == null ? insist(lane, record) : reject(lane, record, verdict)));
    }
    append(lane, ready);
  }

  /** Null when the catalogue threw what it should not. */
  private @Nullable Verdict tryRoute(SourceRecord record) {
    try {
      return intake.route(record);
    } catch (RuntimeException e) {
      warn(record, "could not be routed, attempt 1", e);
      return null;
    }
  }

  /** The attempts after the first. */
  private Intake.Resolved insist(PartitionLane lane, SourceRecord record)
      throws InterruptedException {
    RuntimeException last = new IllegalStateException("not routed");
    for (int attempt = 2; attempt <= limits.attempts(); attempt++) {
      pause(retry.after(attempt - 1));
      metrics.retried();
      try {
        Verdict verdict = intake.route(record);
        return verdict instanceof Verdict.Reject
            ? reject(lane, record, verdict)
            : new Intake.Resolved(record, verdict);
      } catch (RuntimeException e) {
        warn(record, "could not be routed, attempt " + attempt, e);
        last = e;
      }
    }
    return unexpected(lane, record, Verdict.Stage.ROUTE, last);
  }

  private Intake.Resolved reject(PartitionLane lane, SourceRecord record, Verdict verdict)
      throws InterruptedException {
    if (verdict instanceof Verdict.Reject reject) {
      return deadLetter(lane, record, reject, Verdict.Reject.class.getName(), 1);
    }
    return new Intake.Resolved(record, verdict);
  }

  private Intake.Resolved unexpected(
      PartitionLane lane, SourceRecord record, Verdict.Stage stage, Throwable failure)
      throws InterruptedException {
    Verdict.Reject reject =
        new Verdict.Reject(stage, Verdict.ErrorCode.UNEXPECTED, Stages.text(failure));
    return deadLetter(lane, record, reject, failure.getClass().getName(), limits.attempts());
  }

  private Intake.Resolved deadLetter(
      PartitionLane lane,
      SourceRecord record,
      Verdict.Reject reject,
      String errorClass,
      int attempts)
      throws InterruptedException {
    DeadLetter letter = new DeadLetter(record, reject, errorClass, attempts, clock.instant());
    untilAvailable(lane, "dead-letter topic", () -> deadLetters.publish(letter), true);
    LOG.warn(
        "kafka: dead letter {}-{}@{}: {} {} {}",
        record.partition().topic(),
        record.partition().partition(),
        record.offset(),
        reject.stage(),
        reject.code(),
        reject.message());
    return new Intake.Resolved(record, reject);
  }

  private void append(PartitionLane lane, List<Intake.Resolved> ready) throws InterruptedException {
    if (ready.isEmpty()) {
      return;
    }
    List<Intake.Resolved> handed = List.copyOf(ready);
    Throwable failure =
        untilAvailable(lane, "store", () -> intake.accept(lane.partition(), handed), false);
    if (failure == null) {
      done(lane, handed);
    } else if (handed.size() > 1) {
      for (Intake.Resolved one : handed) {
        append(lane, List.of(one));
      }
    } else {
      appendAlone(lane, handed.getFirst(), failure);
    }
  }

  /** One record that the store will not take, though it may take others. */
  private void appendAlone(PartitionLane lane, Intake.Resolved resolved, Throwable first)
      throws InterruptedException {
    SourceRecord record = resolved.record();
    Throwable failure = first;
    for (int attempt = 2; attempt <= limits.attempts(); attempt++) {
      warn(record, "could not be appended, attempt " + (attempt - 1), failure);
      pause(retry.after(attempt - 1));
      probe(lane, record);
      metrics.retried();
      Throwable again =
          untilAvailable(
              lane, "store", () -> intake.accept(lane.partition(), List.of(resolved)), false);
      if (again == null) {
        done(lane, List.of(resolved));
        return;
      }
      failure = again;
    }
    Intake.Resolved rejected =
        resolved.verdict() instanceof Verdict.Reject
            ? resolved
            : unexpected(lane, record, Verdict.Stage.APPEND, failure);
    untilAvailable(lane, "store", () -> intake.accept(lane.partition(), List.of(rejected)), true);
    done(lane, List.of(rejected));
  }

  /** Writes what is there already: does the store take anything at all? */
  private void probe(PartitionLane lane, SourceRecord record) throws InterruptedException {
    PartitionKey partition = lane.partition();
    Watermark current = new Watermark(lane.next() - 1, lane.leaderEpoch(), record.generation());
    untilAvailable(lane, "store", () -> watermarks.set(partition, current), true);
  }

  private void done(PartitionLane lane, List<Intake.Resolved> handed) {
    handed.forEach(r -> metrics.resolved(r.verdict()));
    lane.resolved(handed.stream().map(Intake.Resolved::record).toList());
  }

  /**
   * Tries until the dependency takes it.
   *
   * @param anyFailure whether every failure is the dependency's; otherwise one that is not {@link
   *     StoreUnavailableException} is given back
   * @return null when it was taken
   */
  private @Nullable Throwable untilAvailable(
      PartitionLane lane,
      String dependency,
      Supplier<CompletionStage<Void>> work,
      boolean anyFailure)
      throws InterruptedException {
    int failures = 0;
    try {
      while (true) {
        Throwable failure = attempt(work);
        if (failure == null) {
          return null;
        }
        if (!anyFailure && !(failure instanceof StoreUnavailableException)) {
          return failure;
        }
        failures++;
        String why = dependency + " unavailable, " + Stages.text(failure);
        if (failures == 1) {
          LOG.warn("kafka: {} is paused: {}", name(lane.partition()), why);
        }
        lane.blocked(true);
        health.blocked(name(lane.partition()), why);
        if (lane.isStopped()) {
          throw new InterruptedException("stopped");
        }
        pause(Backoff.DEPENDENCY.after(failures));
      }
    } finally {
      if (failures > 0) {
        lane.blocked(false);
        health.unblocked(name(lane.partition()));
        LOG.info("kafka: {} is not paused any more", name(lane.partition()));
      }
    }
  }

  /** Waits for the outcome even when the lane is stopped: two callers must never overlap. */
  private static @Nullable Throwable attempt(Supplier<CompletionStage<Void>> work) {
    try {
      CompletableFuture<Void> outcome = work.get().toCompletableFuture();
      outcome.join();
      return null;
    } catch (CompletionException e) {
      return Stages.cause(e);
    } catch (RuntimeException e) {
      return e;
    }
  }

  private static void pause(java.time.Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  private static void warn(SourceRecord record, String what, Throwable failure) {
    LOG.warn("kafka: record {}@{} {}", name(record.partition()), record.offset(), what, failure);
  }

  private static String name(PartitionKey partition) {
    return partition.topic() + "-" + partition.partition();
  }
}
