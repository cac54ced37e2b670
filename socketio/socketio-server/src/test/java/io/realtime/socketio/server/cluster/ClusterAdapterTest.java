package io.realtime.socketio.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.api.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract, within one JVM, and what only such a cluster can be made to do. */
class ClusterAdapterTest extends AdapterContract {
  private final MemoryCluster cluster = new MemoryCluster();
  private final List<ClusterAdapter> adapters = new ArrayList<>();

  @Override
  AdapterFactory adapters(int node) {
    AdapterFactory factory =
        ClusterAdapter.over(namespace -> cluster.bus("node-" + node, namespace));
    return local -> {
      ClusterAdapter adapter = (ClusterAdapter) factory.create(local);
      adapters.add(adapter);
      return adapter;
    };
  }

  @Override
  void settle() {
    turn();
    while (cluster.deliver()) {
      turn();
    }
  }

  @Override
  void countGhosts(int count) {
    cluster.countGhosts(count);
  }

  /** Whatever a test has asked for is answered or too late by then. */
  @AfterEach
  void noRequestIsLeftBehind() {
    nodes.forEach(node -> node.loops.advanceMillis(6_000));
    settle();

    assertThat(adapters).extracting(ClusterAdapter::openRequests).containsOnly(0);
  }

  @Test
  void clusterIsDown_thisNodesShareIsDoneAllTheSame() {
    cluster.breakDown(true);

    main(0).emit("e");
    main(0).socketsJoin("r");
    settle();

    assertThat(received()).containsExactly(List.of("42[\"e\"]"), List.of(), List.of());
    assertThat(sockets.get(0).rooms()).contains("r");
    cluster.breakDown(false);
  }

  @Test
  void messageThatCannotBeEncodedHere_theNextOnesAreHeard() {
    ClusterBus bus = cluster.bus("emitter", "/");
    var _ =
        bus.publish(
            new ClusterMessage.Broadcast(
                List.of("bad", new Object()), BroadcastOptions.EVERYONE, Optional.empty()));
    var _ =
        bus.publish(
            new ClusterMessage.Broadcast(
                List.of("good"), BroadcastOptions.EVERYONE, Optional.empty()));

    assertThat(received()).containsOnly(List.of("42[\"good\"]"));
  }

  @Test
  void answersToNobody_areIgnored() {
    ClusterBus bus = cluster.bus("emitter", "/");
    var _ = bus.respond("node-0", new ClusterResponse.Rooms("unknown", java.util.Set.of("x")));
    var _ = bus.respond("node-0", new ClusterResponse.Answer("unknown", 1));
    var _ = bus.respond("node-0", new ClusterResponse.ClientCount("unknown", 1));
    settle();

    assertThat(received()).containsOnly(List.of());
  }

  @Test
  void openRequestsAtTheBound_oneMoreFailsAtOnce() {
    countGhosts(1);
    List<CompletableFuture<?>> open = new ArrayList<>();
    for (int i = 0; i < OpenRequests.MAX; i++) {
      open.add(main(0).serverSideEmitWithAck("q").toCompletableFuture());
    }
    assertThat(open).noneMatch(CompletableFuture::isDone);

    CompletableFuture<List<@Nullable Object>> onePast =
        main(0).serverSideEmitWithAck("q").toCompletableFuture();

    assertThat(onePast.exceptionNow())
        .hasMessage("open requests: " + OpenRequests.MAX + " (expected: fewer)");
  }

  @Test
  void nodeLeaves_itsOpenRequestsFail() {
    countGhosts(1);
    CompletableFuture<List<@Nullable Object>> open =
        main(0).serverSideEmitWithAck("q").toCompletableFuture();

    var _ = nodes.getFirst().core.close();
    settle();

    assertThat(open).isCompletedExceptionally();
  }

  @Test
  void preparedMessage_isEncodedOnceOnEachNode() {
    Message message = Message.of("e", "x");
    main(0).emit(message);
    main(0).to(sockets.get(0).id()).emit(message);
    settle();

    List<?> frames = clients.getFirst().frames();
    assertThat(frames.getLast()).isSameAs(frames.get(frames.size() - 2));
  }
}
