package io.realtime.verification.simulation;

import io.realtime.notify.kafka.deadletter.DeadLetter;
import io.realtime.notify.kafka.deadletter.DeadLetterPublisher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The dead-letter topic as one process sees it. */
final class Letters implements DeadLetterPublisher {
  private final Tasks broker;
  private final BooleanSupplier away;
  private final Oracle oracle;

  Letters(Tasks broker, BooleanSupplier away, Oracle oracle) {
    this.broker = broker;
    this.away = away;
    this.oracle = oracle;
  }

  @Override
  public CompletionStage<Void> publish(DeadLetter letter) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    broker.execute(
        () -> {
          if (away.getAsBoolean()) {
            written.completeExceptionally(new IllegalStateException("the broker is away"));
          } else {
            oracle.deadLettered(letter.record());
            written.complete(null);
          }
        });
    return written;
  }

  @Override
  public void close() {}
}
