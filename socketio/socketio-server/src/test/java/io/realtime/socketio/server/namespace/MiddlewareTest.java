package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is admitted to a namespace, and what he hears before. */
class MiddlewareTest {
  private static final String CONNECTED = "40\\{\"sid\":\"[\\w-]{20}\"}";

  private final Scene scene =
      Scene.settings().heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20)).scene();
  private final Namespace main = scene.core.of("/");
  private final List<Socket> sockets = new ArrayList<>();

  MiddlewareTest() {
    main.onConnection(sockets::add);
  }

  @Test
  void middleware_refusesWithData_isTheClientsConnectError() {
    main.use(
        socket -> CompletableFuture.failedFuture(new ConnectRefused("bad", Map.of("code", 42))));
    RecordingChannel client = scene.openWebSocket(0);

    scene.text(client, 0, "40");

    assertThat(client.take()).containsExactly("44{\"message\":\"bad\",\"data\":{\"code\":42}}");
    assertThat(sockets).isEmpty();
    assertThat(main.localSocketCount()).isZero();
    assertThat(client.ending()).isEmpty();
  }

  @Test
  void middleware_throwsOrFailsOtherwise_isANeutralError() {
    main.use(
        socket -> {
          throw new IllegalStateException("secret");
        });
    scene
        .core
        .of("/b")
        .use(socket -> CompletableFuture.failedFuture(new IllegalStateException("secret")));
    RecordingChannel client = scene.openWebSocket(0);

    scene.text(client, 0, "40");
    scene.text(client, 0, "40/b,");

    assertThat(client.take())
        .containsExactly(
            "44{\"message\":\"Internal error\"}", "44/b,{\"message\":\"Internal error\"}");
  }

  @Test
  void middlewares_runInOrder_theSecondWaitsForTheFirst() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    List<String> order = new ArrayList<>();
    main.use(
        socket -> {
          order.add("first");
          return first;
        });
    main.use(
        socket -> {
          order.add("second");
          return CompletableFuture.runAsync(() -> {}, Runnable::run);
        });
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, "40");
    assertThat(order).containsExactly("first");
    assertThat(client.take()).isEmpty();

    first.complete(null); // on a thread that is no loop
    scene.loops.run();

    assertThat(order).containsExactly("first", "second");
    assertThat(client.take()).singleElement().asString().matches(CONNECTED);
  }

  @Test
  void middlewareEmits_comesBeforeTheConnectReply() {
    main.use(
        socket -> {
          socket.emit("early");
          return CompletableFuture.runAsync(() -> {}, Runnable::run);
        });
    RecordingChannel client = scene.openWebSocket(0);

    scene.text(client, 0, "40");

    assertThat(client.take().getFirst()).isEqualTo("42[\"early\"]");
  }

  @Test
  void middlewareJoinedARoom_broadcastsReachTheSocketOnlyOnceAdmitted() {
    CompletableFuture<Void> verdict = new CompletableFuture<>();
    RecordingChannel client = openWithEarlyJoin(verdict);
    List<Socket> found = new ArrayList<>();

    scene.loops.in(
        0,
        () -> {
          main.to("room").emit("secret");
          main.to("room").volatileOnly().emit("secret");
          main.to("room").forEachLocal(found::add);
          main.to("room").socketsJoin("more");
        });

    assertThat(client.take()).isEmpty();
    assertThat(found).isEmpty();
    assertThat(main.localRoomSize("more")).isZero();

    verdict.complete(null);
    scene.loops.run();
    scene.loops.in(0, () -> main.to("room").emit("now"));

    List<String> sent = client.take();
    assertThat(sent).hasSize(2);
    assertThat(sent.getFirst()).matches(CONNECTED);
    assertThat(sent.getLast()).isEqualTo("42[\"now\"]");
  }

  @Test
  void middlewareJoinedARoomThenRefuses_clientHasSeenNoBroadcast() {
    CompletableFuture<Void> verdict = new CompletableFuture<>();
    RecordingChannel client = openWithEarlyJoin(verdict);
    scene.loops.in(0, () -> main.to("room").emit("secret"));

    verdict.completeExceptionally(new ConnectRefused("no"));
    scene.loops.run();
    scene.loops.in(0, () -> main.to("room").emit("secret"));

    assertThat(client.take()).containsExactly("44{\"message\":\"no\"}");
    assertThat(main.localRoomSize("room")).isZero();
  }

  private RecordingChannel openWithEarlyJoin(CompletableFuture<Void> verdict) {
    main.use(
        socket -> {
          socket.join("room");
          return verdict;
        });
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, "40");
    return client;
  }

  @Test
  void middlewareThinks_connectionEndsMeanwhile_nothingIsLeft() {
    CompletableFuture<Void> verdict = new CompletableFuture<>();
    main.use(
        socket -> {
          socket.join("room");
          return verdict;
        });
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, "40");
    scene.loops.in(0, () -> client.events().onClose(1006));

    verdict.complete(null);
    scene.loops.run();

    assertThat(sockets).isEmpty();
    assertThat(main.localRoomSize("room")).isZero();
    assertThat(main.localSocketCount()).isZero();
  }

  @Test
  void middlewareThinks_packetWithAttachments_closesAtOnce() {
    main.use(socket -> new CompletableFuture<>());
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, "40");

    scene.text(client, 0, "451-[\"x\",{\"_placeholder\":true,\"num\":0}]");

    assertThat(client.ending()).isEqualTo("close");
  }
}
