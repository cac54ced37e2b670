package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.loop.Alarm;
import io.realtime.socketio.server.loop.HomeLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One question to one socket, until it is answered, lost or too late. On the home loop, but for the
 * stage.
 */
final class SocketQuestion implements PendingAcks.Asker {
  private final CompletableFuture<List<@Nullable Object>> answer = new CompletableFuture<>();
  private @Nullable Alarm alarm;

  CompletionStage<List<@Nullable Object>> answer() {
    return answer.minimalCompletionStage();
  }

  /** False when it cannot be asked, and has failed. */
  boolean ask(PendingAcks acks, long ackId, HomeLoop home, Optional<Duration> timeout) {
    if (!acks.add(ackId, this)) {
      return false;
    }
    if (timeout.isPresent()) {
      alarm =
          home.alarm(
              () -> {
                acks.forget(ackId);
                answer.completeExceptionally(new TimeoutException(PendingAcks.TIMED_OUT));
              });
      alarm.setAt(home.nanoTime() + timeout.get().toNanos());
    }
    return true;
  }

  @Override
  public void onAnswer(List<@Nullable Object> arguments) {
    cancelAlarm();
    answer.complete(arguments);
  }

  @Override
  public void onLost(Exception why) {
    cancelAlarm();
    answer.completeExceptionally(why);
  }

  private void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
    }
  }
}
