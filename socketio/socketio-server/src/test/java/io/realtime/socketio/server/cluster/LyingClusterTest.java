package io.realtime.socketio.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.api.AnswersMissingException;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.RemoteSocket;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes on a bus that breaks every promise, beside one that talks nonsense: each node does its own
 * share, every question ends, nothing is left behind, and when the bus is as it should be again, so
 * is the cluster.
 */
class LyingClusterTest {
  private static final int NODES = 3;
  private static final int STEPS = 60;
  private static final Pattern QUESTION = Pattern.compile("42(\\d+)\\[.*");
  private static final Pattern OWN = Pattern.compile("42\\[\"from-(\\d)\",(\\d+)]");

  private final MemoryCluster cluster = new MemoryCluster();
  private final List<ClusterAdapter> adapters = new ArrayList<>();
  private final List<Scene> nodes = new ArrayList<>();
  private final List<RecordingChannel> clients = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<List<Integer>> ownEvents = new ArrayList<>();
  private final List<Integer> reached = new ArrayList<>();
  private final int[] emitted = new int[NODES];
  private final List<CompletableFuture<?>> asked = new ArrayList<>();
  private final List<CompletableFuture<List<RemoteSocket>>> fetched = new ArrayList<>();

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  private void start(int node) {
    Scene scene =
        Scene.settings()
            .seed(node)
            .loops(2)
            .heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20))
            .adapters(
                local -> {
                  ClusterAdapter adapter =
                      (ClusterAdapter)
                          ClusterAdapter.over(name -> cluster.bus("node-" + node, name))
                              .create(local);
                  adapters.add(adapter);
                  return adapter;
                })
            .scene();
    nodes.add(scene);
    ownEvents.add(new ArrayList<>());
    scene.core.onConnection(sockets::add);
    scene.core.of("/").onServerSideEvent("q", event -> event.ack().send("a"));
    clients.add(scene.connectWebSocket(node % 2));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void lies_ofEveryKind_harmNoNode_andEveryQuestionEnds(int seed) {
    for (int node = 0; node < NODES; node++) {
      start(node);
    }
    settle();
    Random random = new Random(seed);
    cluster.lie(random);

    for (int step = 0; step < STEPS; step++) {
      step(random);
    }
    nodes.forEach(node -> node.loops.advance(Duration.ofSeconds(6)));
    cluster.repent();
    settle();

    for (int node = 0; node < NODES; node++) {
      assertThat(ownEvents.get(node)).isEqualTo(IntStream.range(0, emitted[node]).boxed().toList());
    }
    assertThat(asked).allMatch(CompletableFuture::isDone);
    assertThat(adapters).extracting(ClusterAdapter::openRequests).containsOnly(0);
    Set<String> known = Set.copyOf(sockets.stream().map(Socket::id).toList());
    for (CompletableFuture<List<RemoteSocket>> found : fetched) {
      if (found.isCompletedExceptionally()) {
        assertThat(found.exceptionNow()).isInstanceOf(AnswersMissingException.class);
      } else {
        assertThat(found.join()).extracting(RemoteSocket::id).isSubsetOf(known);
      }
    }
    honestAgain();
  }

  private void honestAgain() {
    main(0).emit("all");
    CompletableFuture<List<RemoteSocket>> found = main(1).fetchSockets().toCompletableFuture();
    settle();

    assertThat(reached).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(found.join()).hasSize(NODES);
  }

  private Namespace main(int node) {
    return nodes.get(node).core.of("/");
  }

  private void step(Random random) {
    int node = random.nextInt(NODES);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> main(node).emit("from-" + node, emitted[node]++);
      case 3 -> main(node).socketsJoin("room-" + random.nextInt(3));
      case 4 -> ask(main(node).timeout(Duration.ofSeconds(1)).emitWithAck("question"));
      case 5 -> {
        CompletableFuture<List<RemoteSocket>> found =
            main(node).fetchSockets().toCompletableFuture();
        fetched.add(found);
        ask(found);
      }
      case 6 -> ask(main(node).allRooms());
      case 7 -> ask(main(node).serverSideEmitWithAck("q"));
      case 8 -> babble(random);
      default -> settle();
    }
  }

  private void ask(CompletionStage<?> question) {
    asked.add(question.toCompletableFuture());
  }

  /** What no node of ours would say. */
  private void babble(Random random) {
    ClusterBus bus = cluster.bus("babbler", "/");
    BroadcastOptions everyone = BroadcastOptions.EVERYONE;
    var _ =
        switch (random.nextInt(8)) {
          case 0 ->
              bus.publish(new ClusterMessage.Broadcast(List.of(), everyone, Optional.empty()));
          case 1 ->
              bus.publish(
                  new ClusterMessage.Broadcast(
                      List.of("connect", new Object()), everyone, Optional.of("id")));
          case 2 ->
              bus.publish(
                  new ClusterMessage.Broadcast(
                      List.of("question"),
                      everyone.with(
                          everyone.flags().withTimeout(Duration.ofSeconds(Long.MAX_VALUE))),
                      Optional.of("id")));
          case 3 -> bus.publish(new ClusterMessage.ServerSideEmit(List.of(), Optional.of("id")));
          case 4 -> bus.publish(new ClusterMessage.SocketsLeave(everyone, List.of("", "unknown")));
          case 5 -> bus.respond("node-0", new ClusterResponse.ClientCount("id", -1));
          case 6 -> bus.respond("node-1", new ClusterResponse.Rooms("id", Set.of("x")));
          default -> bus.publish(new ClusterMessage.FetchSockets(everyone.to(""), ""));
        };
  }

  /** Everything has its turn, and the clients answer what they are asked. */
  private void settle() {
    boolean more = true;
    while (more) {
      nodes.forEach(node -> node.loops.run());
      more = cluster.deliver();
      more |= answered();
    }
  }

  private boolean answered() {
    boolean any = false;
    for (int node = 0; node < clients.size(); node++) {
      for (String packet : clients.get(node).take()) {
        Matcher question = QUESTION.matcher(packet);
        Matcher own = OWN.matcher(packet);
        if (question.matches()) {
          any = true;
          nodes.get(node).text(clients.get(node), node % 2, "43" + question.group(1) + "[1]");
        } else if (packet.equals("42[\"all\"]")) {
          reached.add(node);
        } else if (own.matches() && own.group(1).equals(Integer.toString(node))) {
          ownEvents.get(node).add(Integer.valueOf(own.group(2)));
        }
      }
    }
    return any;
  }
}
