package io.realtime.notify.kafka.lane;

import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.kafka.deadletter.DeadLetter;
import io.realtime.notify.kafka.deadletter.DeadLetterPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What surrounds a lane in tests. */
final class LaneFakes {
  private LaneFakes() {}

  /** Everything it was told, in order. */
  static final class Events implements LaneEvents {
    final List<String> told = new ArrayList<>();
    int retries;

    @Override
    public void resolved(Verdict verdict) {
      told.add(verdict.getClass().getSimpleName());
    }

    @Override
    public void retried() {
      retries++;
    }

    @Override
    public void blocked(PartitionKey partition, String why) {
      told.add("blocked");
    }

    @Override
    public void unblocked(PartitionKey partition) {
      told.add("unblocked");
    }
  }

  /** Keeps letters while it is available. */
  static final class Letters implements DeadLetterPublisher {
    final List<DeadLetter> kept = new ArrayList<>();
    boolean available = true;

    @Override
    public CompletionStage<Void> publish(DeadLetter letter) {
      if (!available) {
        return CompletableFuture.failedStage(new IllegalStateException("no such topic"));
      }
      kept.add(letter);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {}
  }

  /** Nothing is to be dead-lettered. */
  static final class NoLetters implements DeadLetterPublisher {
    @Override
    public CompletionStage<Void> publish(DeadLetter letter) {
      throw new AssertionError("nothing is to be dead-lettered");
    }

    @Override
    public void close() {}
  }
}
