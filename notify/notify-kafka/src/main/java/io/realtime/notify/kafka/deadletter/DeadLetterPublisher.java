package io.realtime.notify.kafka.deadletter;

import java.util.concurrent.CompletionStage;

/** Keeps dead letters. Any thread that may block for a few seconds. */
public interface DeadLetterPublisher extends AutoCloseable {

  /**
   * Completes when the broker has acknowledged the letter: only then is its record resolved. Fails
   * when it did not; the caller tries again, as long as it takes.
   */
  CompletionStage<Void> publish(DeadLetter letter);

  @Override
  void close();
}
