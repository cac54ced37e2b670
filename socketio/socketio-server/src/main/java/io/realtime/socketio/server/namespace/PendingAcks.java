package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.loop.Alarm;
import io.realtime.socketio.server.loop.HomeLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Answers that one socket waits for. On the home loop only. */
final class PendingAcks {
  /** Answers that one socket may owe at a time; one more question fails at once. */
  static final int MAX = 1_000;

  /** Why a question cannot be answered any more. */
  static final String DISCONNECTED = "socket has been disconnected";

  private final HomeLoop home;
  private final Map<Long, Waiting> byId = new HashMap<>(2);

  PendingAcks(HomeLoop home) {
    this.home = home;
  }

  private record Waiting(CompletableFuture<List<@Nullable Object>> answer, Alarm alarm) {}

  /** False, and the answer has failed, when too many are pending. */
  boolean add(long ackId, long timeoutNanos, CompletableFuture<List<@Nullable Object>> answer) {
    if (byId.size() >= MAX) {
      answer.completeExceptionally(
          new IllegalStateException("pending acks: " + MAX + " (expected: fewer)"));
      return false;
    }
    Alarm alarm = home.alarm(() -> fail(ackId, "operation has timed out"));
    byId.put(ackId, new Waiting(answer, alarm));
    alarm.setAt(home.nanoTime() + timeoutNanos);
    return true;
  }

  /** An answer; an unknown id is ignored, as upstream does. */
  void complete(long ackId, List<@Nullable Object> arguments) {
    Waiting waiting = byId.remove(ackId);
    if (waiting != null) {
      waiting.alarm().cancel();
      waiting.answer().complete(arguments);
    }
  }

  /** No answer can come any more. */
  void failAll() {
    for (Long ackId : List.copyOf(byId.keySet())) {
      fail(ackId, DISCONNECTED);
    }
  }

  int size() {
    return byId.size();
  }

  private void fail(long ackId, String why) {
    Waiting waiting = byId.remove(ackId);
    if (waiting != null) {
      waiting.alarm().cancel();
      waiting.answer().completeExceptionally(new TimeoutException(why));
    }
  }
}
