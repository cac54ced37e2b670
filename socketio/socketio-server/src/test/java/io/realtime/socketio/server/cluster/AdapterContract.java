package io.realtime.socketio.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.api.AnswersMissingException;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.RemoteSocket;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of a cluster promises: three nodes, and one client on each, in the main
 * namespace.
 */
abstract class AdapterContract {
  static final int NODES = 3;

  final List<Scene> nodes = new ArrayList<>();
  final List<RecordingChannel> clients = new ArrayList<>();
  final List<Socket> sockets = new ArrayList<>();

  /** The adapters of one node. */
  abstract AdapterFactory adapters(int node);

  /** Waits until nothing is under way between the nodes. */
  abstract void settle();

  /** The cluster counts that many nodes more than there are. */
  abstract void countGhosts(int count);

  @BeforeEach
  void start() {
    for (int i = 0; i < NODES; i++) {
      Scene node =
          Scene.settings()
              .seed(i)
              .loops(2)
              .heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20))
              .adapters(adapters(i))
              .scene();
      nodes.add(node);
      node.core.onConnection(sockets::add);
      clients.add(node.connectWebSocket(i % 2));
    }
    settle();
  }

  final Namespace main(int node) {
    return nodes.get(node).core.of("/");
  }

  /** Every loop of every node has its turn. */
  final void turn() {
    nodes.forEach(node -> node.loops.run());
  }

  private <T> CompletableFuture<T> settled(CompletionStage<T> stage) {
    settle();
    return stage.toCompletableFuture();
  }

  private void answer(int client, String packet) {
    nodes.get(client).text(clients.get(client), client % 2, packet);
    settle();
  }

  /** What each client was sent since the last call. */
  final List<List<String>> received() {
    settle();
    return clients.stream().map(RecordingChannel::take).toList();
  }

  @Test
  void emit_reachesEveryNodeOnce() {
    main(0).emit("e", 1, new byte[] {7});

    assertThat(received())
        .allSatisfy(
            got ->
                assertThat(got)
                    .containsExactly("451-[\"e\",1,{\"_placeholder\":true,\"num\":0}]", "<07>"));
  }

  @Test
  void emitsOfOneThread_keepTheirOrderOnEveryNode() {
    for (int i = 0; i < 5; i++) {
      main(1).emit("e", i);
    }

    assertThat(received())
        .containsOnly(
            List.of("42[\"e\",0]", "42[\"e\",1]", "42[\"e\",2]", "42[\"e\",3]", "42[\"e\",4]"));
  }

  @Test
  void toRoomsExcept_reachesMembersOfAllNodes() {
    sockets.get(0).join("r");
    sockets.get(1).join("r", "muted");
    sockets.get(2).join("r");
    settle();

    main(1).to("r").except("muted").emit("e");

    assertThat(received()).containsExactly(List.of("42[\"e\"]"), List.of(), List.of("42[\"e\"]"));
  }

  @Test
  void toAnId_reachesTheSocketOfAnotherNode() {
    main(0).to(sockets.get(2).id()).emit("e");

    assertThat(received()).containsExactly(List.of(), List.of(), List.of("42[\"e\"]"));
  }

  @Test
  void local_staysOnTheNode() {
    main(0).local().emit("e");
    main(0).local().socketsJoin("here");
    settle();

    assertThat(received()).containsExactly(List.of("42[\"e\"]"), List.of(), List.of());
    assertThat(sockets.get(1).rooms()).doesNotContain("here");
    assertThat(settled(main(0).local().fetchSockets()).join()).hasSize(1);
  }

  @Test
  void otherNamespaces_areNotReached() {
    nodes.forEach(node -> node.core.of("/other"));
    settle();

    nodes.getFirst().core.of("/other").emit("e");

    assertThat(received()).containsOnly(List.of());
  }

  @Test
  void socketsJoinLeaveDisconnect_concernAllNodes() {
    main(0).socketsJoin("r", "s");
    main(0).except(sockets.get(1).id()).socketsLeave("s");
    settle();
    assertThat(sockets.get(0).rooms()).contains("r").doesNotContain("s");
    assertThat(sockets.get(1).rooms()).contains("r", "s");
    assertThat(sockets.get(2).rooms()).contains("r").doesNotContain("s");

    main(2).to("s").disconnectSockets(true);
    settle();

    assertThat(clients.get(1).take()).containsExactly("41");
    assertThat(clients.get(1).ending()).isEqualTo("close");
    assertThat(clients.get(0).ending()).isEmpty();
  }

  @Test
  void fetchSockets_givesThoseOfAllNodes_whichCanBeToldThings() {
    sockets.get(2).data().put("name", "third");
    sockets.get(2).join("r");
    settle();

    List<RemoteSocket> all = settled(main(0).fetchSockets()).join();
    assertThat(all)
        .extracting(RemoteSocket::id)
        .containsExactlyInAnyOrderElementsOf(sockets.stream().map(Socket::id).toList());

    RemoteSocket third = settled(main(0).in("r").fetchSockets()).join().getFirst();
    assertThat(third).isNotInstanceOf(Socket.class);
    assertThat(third.data()).isEqualTo(Map.of("name", "third"));
    assertThat(third.rooms()).containsExactlyInAnyOrder(third.id(), "r");
    assertThat(third.handshake().toMap()).isEqualTo(sockets.get(2).handshake().toMap());
    third.join("s");
    third.leave("r");
    third.emit("e");
    third.volatileOnly().send("v");
    settle();
    assertThat(sockets.get(2).rooms()).containsExactlyInAnyOrder(third.id(), "s");
    assertThat(clients.get(2).take()).contains("42[\"e\"]");
    third.disconnect();
    settle();
    assertThat(clients.get(2).take()).containsExactly("41");
  }

  @Test
  void remoteSocketEmitWithAck_givesTheFirstArgumentOfItsAnswer() {
    RemoteSocket second = settled(main(0).to(sockets.get(1).id()).fetchSockets()).join().getFirst();

    CompletionStage<List<@Nullable Object>> answer =
        second.timeout(Duration.ofSeconds(1)).emitWithAck("q");
    settle();
    assertThat(clients.get(1).take()).containsExactly("420[\"q\"]");
    answer(1, "430[\"a\",\"b\"]");

    assertThat(settled(answer).join()).containsExactly("a");
  }

  @Test
  void emitWithAck_clientsOfAllNodesAnswer_completes() {
    CompletableFuture<List<@Nullable Object>> answers = settled(main(0).emitWithAck("q"));
    answer(2, "430[2]");
    answer(0, "430[0]");
    assertThat(answers).isNotDone();

    answer(1, "430[1]");

    assertThat(answers.join()).containsExactly(2, 0, 1);
  }

  @Test
  void emitWithAck_oneClientDoesNotAnswer_failsWithTheOthersAnswers() {
    CompletableFuture<List<@Nullable Object>> answers =
        settled(main(0).timeout(Duration.ofSeconds(1)).emitWithAck("q"));
    answer(2, "430[2]");

    advance(Duration.ofMillis(1_020));

    assertMissing(answers, 2);
  }

  @Test
  void rooms_areThoseOfAllNodes() {
    sockets.get(0).join("a");
    sockets.get(2).join("b");
    settle();

    assertThat(settled(main(1).allRooms()).join())
        .contains("a", "b", sockets.get(0).id(), sockets.get(1).id(), sockets.get(2).id())
        .hasSize(5);
    assertThat(settled(main(1).serverCount()).join()).isEqualTo(NODES);
  }

  @Test
  void serverSideEmit_reachesTheOthersOnly() {
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      int node = i;
      main(i).onServerSideEvent("e", event -> heard.add(node + " " + event.arguments()));
    }

    main(1).serverSideEmit("e", "x", 1);
    main(1).serverSideEmit("nobody listens");
    settle();

    assertThat(heard).containsExactlyInAnyOrder("0 [x, 1]", "2 [x, 1]");
  }

  @Test
  void serverSideEmitWithAck_completesWithOneAnswerOfEachOther() {
    for (int i = 0; i < NODES; i++) {
      int node = i;
      main(i)
          .onServerSideEvent(
              "q",
              event -> {
                event.ack().send(node, "more");
                event.ack().send("again");
              });
    }

    assertThat(settled(main(0).serverSideEmitWithAck("q")).join()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void serverSideEmitWithAck_oneDoesNotAnswer_failsAfterFiveSecondsWithTheOthersAnswers() {
    main(1).onServerSideEvent("q", event -> event.ack().send("one"));
    CompletableFuture<List<@Nullable Object>> answers = settled(main(0).serverSideEmitWithAck("q"));

    advance(Duration.ofMillis(4_990));
    assertThat(answers).isNotDone();
    advance(Duration.ofMillis(30));

    assertMissing(answers, "one");
  }

  @Test
  void nodesThatNeverAnswer_requestsFailAtTheirTimeout() {
    countGhosts(2);
    CompletableFuture<List<RemoteSocket>> sockets =
        settled(main(0).timeout(Duration.ofSeconds(1)).fetchSockets());
    CompletableFuture<?> rooms = settled(main(0).allRooms());
    CompletableFuture<List<@Nullable Object>> answers =
        settled(main(0).timeout(Duration.ofSeconds(1)).emitWithAck("q"));
    for (int i = 0; i < NODES; i++) {
      answer(i, "430[" + i + "]");
    }

    advance(Duration.ofMillis(1_020));

    assertThat(sockets.exceptionNow())
        .hasMessage("timeout reached: only 2 responses received out of 4")
        .isInstanceOf(AnswersMissingException.class);
    assertMissing(answers, 0, 1, 2);
    assertThat(rooms).isNotDone();
    advance(Duration.ofSeconds(4));
    assertThat(rooms).isCompletedExceptionally();
  }

  private void advance(Duration by) {
    nodes.forEach(node -> node.loops.advance(by));
    settle();
  }

  private static void assertMissing(
      CompletableFuture<List<@Nullable Object>> answers, Object... those) {
    assertThat(answers.exceptionNow())
        .isInstanceOfSatisfying(
            AnswersMissingException.class,
            missing -> assertThat(missing.answers()).containsExactly(those));
  }

  @Test
  void nodeThatHasLeft_isNotWaitedFor() {
    var _ = nodes.get(2).core.close();
    settle();

    assertThat(settled(main(0).fetchSockets()).join()).hasSize(2);
    assertThat(settled(main(0).serverCount()).join()).isEqualTo(2);
  }
}
