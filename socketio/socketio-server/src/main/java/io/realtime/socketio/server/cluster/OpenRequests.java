package io.realtime.socketio.server.cluster;

import io.realtime.socketio.server.adapter.LocalSockets;
import io.realtime.socketio.server.api.AnswersMissingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Requests to all other nodes that have not been answered by each of them. Any thread. */
final class OpenRequests {
  /** Requests that may be open at a time; one more fails at once. */
  static final int MAX = 10_000;

  private final LocalSockets local;
  private final ConcurrentMap<String, Request> byId = new ConcurrentHashMap<>();

  OpenRequests(LocalSockets local) {
    this.local = local;
  }

  /** One request and what has been answered. */
  private static final class Request {
    private final int expected;
    private final CompletableFuture<List<@Nullable Object>> result = new CompletableFuture<>();

    // guarded by this, which is not held while anything is called
    private final List<@Nullable Object> answers = new ArrayList<>();
    private int nodes;

    Request(int expected) {
      this.expected = expected;
    }

    /** All answers when that was the last node, else null. */
    synchronized @Nullable List<@Nullable Object> add(Collection<? extends @Nullable Object> some) {
      answers.addAll(some);
      return ++nodes == expected ? new ArrayList<>(answers) : null;
    }

    synchronized AnswersMissingException missing() {
      return new AnswersMissingException(
          "timeout reached: only " + nodes + " responses received out of " + expected, answers);
    }
  }

  /**
   * A request that {@code expected} nodes answer; asked by {@code send} once it is known.
   *
   * @throws IllegalStateException when too many are open
   */
  CompletableFuture<List<@Nullable Object>> ask(
      String requestId, int expected, Duration timeout, Runnable send) {
    if (byId.size() >= MAX) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("open requests: " + MAX + " (expected: fewer)"));
    }
    Request request = new Request(expected);
    byId.put(requestId, request);
    LocalSockets.Cancellable timer =
        local.schedule(timeout, () -> request.result.completeExceptionally(request.missing()));
    send.run();
    return request.result.whenComplete(
        (answers, failure) -> {
          byId.remove(requestId);
          timer.cancel();
        });
  }

  /** One node has answered. */
  void onAnswer(String requestId, Collection<? extends @Nullable Object> answers) {
    Request request = byId.get(requestId);
    List<@Nullable Object> all = request == null ? null : request.add(answers);
    if (request != null && all != null) {
      request.result.complete(all);
    }
  }

  /** No answer comes any more. */
  void close() {
    byId.values()
        .forEach(
            request ->
                request.result.completeExceptionally(
                    new CompletionException(new IllegalStateException("this node has left"))));
  }

  int size() {
    return byId.size();
  }
}
