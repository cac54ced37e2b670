package io.realtime.socketio.server.adapter;

import io.realtime.socketio.server.api.Message;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The cluster of one node: everything is this node's share. */
public record LocalAdapter(LocalSockets local) implements Adapter {

  @Override
  public CompletionStage<Void> start() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> close() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Integer> serverCount() {
    return CompletableFuture.completedStage(1);
  }

  @Override
  public void broadcast(Message message, BroadcastOptions options) {
    local.broadcast(message, options);
  }

  @Override
  public void broadcastWithAck(Message message, BroadcastOptions options, AnswerReceiver answers) {
    local.broadcastWithAck(message, options, answers);
  }

  @Override
  public void socketsJoin(BroadcastOptions options, List<String> rooms) {
    local.socketsJoin(options, rooms);
  }

  @Override
  public void socketsLeave(BroadcastOptions options, List<String> rooms) {
    local.socketsLeave(options, rooms);
  }

  @Override
  public void disconnectSockets(BroadcastOptions options, boolean close) {
    local.disconnectSockets(options, close);
  }

  @Override
  public CompletionStage<List<SocketRecord>> fetchSockets(BroadcastOptions options) {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public CompletionStage<Set<String>> allRooms() {
    return CompletableFuture.completedStage(Set.of());
  }

  @Override
  public void serverSideEmit(List<@Nullable Object> event) {}

  @Override
  public CompletionStage<List<@Nullable Object>> serverSideEmitWithAck(
      List<@Nullable Object> event) {
    return CompletableFuture.completedStage(List.of());
  }
}
