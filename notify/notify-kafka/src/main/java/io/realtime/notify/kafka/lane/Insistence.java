package io.realtime.notify.kafka.lane;

import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.kafka.client.Causes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing until the dependency that it needs takes it, however long that takes; the lane is
 * blocked meanwhile. Of the steps of one lane.
 */
final class Insistence {
  private static final Logger LOG = LoggerFactory.getLogger(Insistence.class);

  private final PartitionLane lane;
  private final LaneEvents events;
  private final String dependency;
  private final Supplier<CompletionStage<Void>> work;
  private final boolean anyFailure;
  private final CompletableFuture<Optional<Throwable>> outcome = new CompletableFuture<>();
  private int failures;

  /**
   * @param anyFailure whether every failure is the dependency's; otherwise one that is not {@link
   *     StoreUnavailableException} is the outcome
   */
  Insistence(
      PartitionLane lane,
      LaneEvents events,
      String dependency,
      Supplier<CompletionStage<Void>> work,
      boolean anyFailure) {
    this.lane = lane;
    this.events = events;
    this.dependency = dependency;
    this.work = work;
    this.anyFailure = anyFailure;
  }

  /**
   * From a step, once. Completes in a step: empty when it was taken, else why it was not; fails
   * with {@link LaneStoppedException} when the lane was stopped. An attempt under way is waited for
   * all the same: two callers of a store must never overlap.
   */
  CompletionStage<Optional<Throwable>> begin() {
    attempt();
    return outcome;
  }

  private void attempt() {
    CompletionStage<Void> taken;
    try {
      taken = work.get();
    } catch (RuntimeException e) {
      taken = CompletableFuture.failedStage(e);
    }
    taken.whenCompleteAsync((done, failure) -> attempted(failure), lane.runtime().executor());
  }

  private void attempted(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Causes.of(failure);
    if (cause == null || (!anyFailure && !(cause instanceof StoreUnavailableException))) {
      unblock();
      outcome.complete(Optional.ofNullable(cause));
      return;
    }
    failures++;
    block(dependency + " unavailable, " + Causes.text(cause));
    if (lane.isStopped()) {
      stop(new LaneStoppedException());
      return;
    }
    lane.pause(Backoff.DEPENDENCY.after(failures, lane.runtime().random()))
        .whenCompleteAsync(
            (done, stopped) -> {
              if (stopped == null) {
                attempt();
              } else {
                stop(Causes.of(stopped));
              }
            },
            lane.runtime().executor());
  }

  private void stop(Throwable why) {
    unblock();
    outcome.completeExceptionally(why);
  }

  private void block(String why) {
    if (failures == 1) {
      LOG.warn("kafka: {} is paused: {}", RecordResolver.name(lane.partition()), why);
    }
    lane.blocked(true);
    events.blocked(lane.partition(), why);
  }

  private void unblock() {
    if (failures > 0) {
      lane.blocked(false);
      events.unblocked(lane.partition());
      LOG.info("kafka: {} is not paused any more", RecordResolver.name(lane.partition()));
    }
  }
}
