package io.realtime.socketio.server.namespace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Answers that one socket owes. On the home loop only. */
final class PendingAcks {
  /** Answers that one socket may owe at a time; one more question fails at once. */
  static final int MAX = 1_000;

  /** Why a question cannot be answered any more. */
  static final String DISCONNECTED = "socket has been disconnected";

  static final String TIMED_OUT = "operation has timed out";

  private final Map<Long, Asker> byId = new HashMap<>(2);

  /** Who waits for an answer. */
  interface Asker {
    void onAnswer(List<@Nullable Object> arguments);

    /** No answer can come any more: the socket has ended, or owes too many. */
    void onLost(Exception why);
  }

  /** False, and {@code asker} has been told, when too many are pending. */
  boolean add(long ackId, Asker asker) {
    if (byId.size() >= MAX) {
      asker.onLost(new IllegalStateException("pending acks: " + MAX + " (expected: fewer)"));
      return false;
    }
    byId.put(ackId, asker);
    return true;
  }

  /** An answer; an unknown id is ignored, as upstream does. */
  void complete(long ackId, List<@Nullable Object> arguments) {
    Asker asker = byId.remove(ackId);
    if (asker != null) {
      asker.onAnswer(arguments);
    }
  }

  /** The asker waits no longer, and knows. */
  void forget(long ackId) {
    byId.remove(ackId);
  }

  void failAll() {
    List<Asker> askers = List.copyOf(byId.values());
    byId.clear();
    for (Asker asker : askers) {
      asker.onLost(new TimeoutException(DISCONNECTED));
    }
  }

  int size() {
    return byId.size();
  }
}
