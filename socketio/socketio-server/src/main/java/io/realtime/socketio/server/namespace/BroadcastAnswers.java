package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.Adapter;
import io.realtime.socketio.server.adapter.AnswerReceiver;
import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.LocalSockets;
import io.realtime.socketio.server.api.AnswersMissingException;
import io.realtime.socketio.server.api.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers to one broadcast: complete when as many nodes as the cluster has have said how many
 * clients they have asked, and as many clients have answered. Any thread.
 */
final class BroadcastAnswers implements AnswerReceiver {
  private static final int UNKNOWN = -1;

  private final CompletableFuture<List<@Nullable Object>> result = new CompletableFuture<>();

  // guarded by this, which is not held while anything is called
  private final List<@Nullable Object> answers = new ArrayList<>();
  private int expectedServers = UNKNOWN;
  private int servers;
  private int expectedClients;

  private BroadcastAnswers() {}

  /** Asks, and gives what becomes of it. */
  static CompletionStage<List<@Nullable Object>> ask(
      Adapter adapter, LocalSockets local, Message message, BroadcastOptions options) {
    BroadcastAnswers answers = new BroadcastAnswers();
    adapter.broadcastWithAck(message, options, answers);
    LocalSockets.Cancellable timer =
        local.schedule(
            options.flags().timeout().orElse(LocalBroadcast.ANSWER_TIMEOUT), answers::onTimeout);
    adapter.serverCount().whenComplete(answers::onServerCount);
    return answers.result.whenComplete((all, failure) -> timer.cancel()).minimalCompletionStage();
  }

  private void onServerCount(@Nullable Integer count, @Nullable Throwable failure) {
    if (count == null) {
      result.completeExceptionally(
          failure == null ? new IllegalStateException("no server count") : failure);
      return;
    }
    synchronized (this) {
      expectedServers = count;
    }
    check();
  }

  @Override
  public void onServer(int clients) {
    synchronized (this) {
      servers++;
      expectedClients += clients;
    }
    check();
  }

  @Override
  public void onAnswer(@Nullable Object answer) {
    if (result.isDone()) {
      return; // nobody reads it, and nobody says how many more come
    }
    synchronized (this) {
      answers.add(answer);
    }
    check();
  }

  private void check() {
    List<@Nullable Object> all;
    synchronized (this) {
      if (servers != expectedServers || answers.size() != expectedClients) {
        return;
      }
      all = java.util.Collections.unmodifiableList(new ArrayList<>(answers));
    }
    result.complete(all);
  }

  private void onTimeout() {
    AnswersMissingException missing;
    synchronized (this) {
      missing = new AnswersMissingException(PendingAcks.TIMED_OUT, answers);
    }
    result.completeExceptionally(missing);
  }
}
