package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.RemoteSocket;
import io.realtime.socketio.server.api.RoomListener;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What an application can find out about sockets and rooms of one node. */
class FetchSocketsTest {
  private final Scene scene =
      Scene.settings().loops(2).heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20)).scene();
  private final Namespace main = scene.core.of("/");
  private final List<Socket> sockets = new ArrayList<>();
  private final List<RecordingChannel> clients = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  FetchSocketsTest() {
    main.onConnection(sockets::add);
    for (int i = 0; i < 2; i++) {
      clients.add(scene.connectWebSocket(i));
    }
  }

  private <T> T outcome(CompletionStage<T> stage) {
    scene.loops.run();
    return stage.toCompletableFuture().join();
  }

  @Test
  void fetchSockets_givesTheSocketsOfAllLoops() {
    assertThat(outcome(main.fetchSockets())).containsExactlyInAnyOrderElementsOf(sockets);
    assertThat(outcome(main.socketsCount())).isEqualTo(2);
    assertThat(outcome(main.allSockets()))
        .containsExactlyInAnyOrder(sockets.get(0).id(), sockets.get(1).id());
    assertThat(main.localSockets()).hasSize(2);
  }

  @Test
  void fetchSockets_narrowed_givesTheMatchingOnes() {
    sockets.get(1).join("r");

    List<RemoteSocket> found =
        outcome(main.in("r").except("other").timeout(Duration.ofSeconds(1)).fetchSockets());

    assertThat(found).hasSize(1);
    RemoteSocket only = found.getFirst();
    assertThat(only.id()).isEqualTo(sockets.get(1).id());
    assertThat(only.rooms()).containsExactlyInAnyOrder(only.id(), "r");
    only.join("s");
    only.leave("r");
    only.emit("e");
    scene.loops.run();
    assertThat(only.rooms()).containsExactlyInAnyOrder(only.id(), "s");
    assertThat(clients.get(1).take()).containsExactly("42[\"e\"]");
    only.disconnect();
    scene.loops.run();
    assertThat(clients.get(1).take()).containsExactly("41");
  }

  @Test
  void rooms_areThoseWithMembers_socketIdsAmongThem() {
    sockets.get(0).join("a");
    scene.loops.run();

    assertThat(outcome(main.allRooms()))
        .containsExactlyInAnyOrder("a", sockets.get(0).id(), sockets.get(1).id())
        .isEqualTo(main.localRooms());
    assertThat(outcome(main.serverCount())).isEqualTo(1);
  }

  @Test
  void roomEvents_comeInTheOrderOfWhatHappens() {
    main.onRoomEvents(new Logging());
    sockets.get(0).join("a");
    scene.loops.run();
    sockets.get(1).join("a");
    scene.loops.run();
    sockets.get(0).leave("a");
    scene.loops.run();
    scene.loops.in(1, () -> clients.get(1).events().onClose(1006));
    String first = sockets.get(0).id();
    String second = sockets.get(1).id();

    assertThat(log)
        .containsExactly(
            "create a",
            "join a " + first,
            "join a " + second,
            "leave a " + first,
            "leave a " + second,
            "delete a",
            "leave " + second + " " + second,
            "delete " + second);
  }

  @Test
  void roomEvents_newSocket_hasARoomOfItsOwn() {
    main.onRoomEvents(new Logging());

    scene.connectWebSocket(0);

    String id = sockets.getLast().id();
    assertThat(log).containsExactly("create " + id, "join " + id + " " + id);
  }

  @Test
  void roomListenerThrows_theOthersHear() {
    main.onRoomEvents(
        new RoomListener() {
          @Override
          public void onCreate(String room) {
            throw new IllegalStateException("planted");
          }
        });
    main.onRoomEvents(new Logging());

    sockets.get(0).join("a");
    scene.loops.run();

    assertThat(log).startsWith("create a");
  }

  @Test
  void handshake_hasTheMembersOfNode_andComesBackFromItsMap() {
    Handshake handshake = sockets.getFirst().handshake();

    Map<String, ?> map = handshake.toMap();

    assertThat(map.keySet())
        .containsExactly(
            "headers", "time", "address", "xdomain", "secure", "issued", "url", "query", "auth");
    assertThat(String.valueOf(map.get("time")))
        .matches("[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT\\+0000 .*");
    assertThat(map.get("query")).isEqualTo(Map.of("EIO", "4", "transport", "websocket"));
    assertThat(map.get("url")).isEqualTo(Scene.WEBSOCKET);
    Handshake back = Handshake.fromMap(handshake.toMap());
    assertThat(back.toMap()).isEqualTo(handshake.toMap());
  }

  @Test
  void handshakeFromAMapOfWrongKinds_isEmpty() {
    Handshake handshake = Handshake.fromMap(Map.of("query", 1, "headers", "x", "issued", "y"));

    assertThat(handshake.query()).isEmpty();
    assertThat(handshake.headers().asMap()).isEmpty();
    assertThat(handshake.address()).isEmpty();
    assertThat(handshake.xdomain()).isFalse();
    assertThat(handshake.secure()).isFalse();
  }

  @Test
  void serverItself_standsForTheMainNamespace() {
    List<Socket> seen = new ArrayList<>();
    scene.core.onConnection(seen::add);
    scene.connectWebSocket(0);
    assertThat(seen).hasSize(1);

    scene.core.socketsJoin("x");
    scene.core.to("x").emit("to");
    scene.core.except(seen.getFirst().id()).emit("except");
    scene.core.local().emit("local");
    scene.core.volatileOnly().emit("volatile");
    scene.core.compress(false).emit("uncompressed");
    scene.core.socketsLeave("x");
    scene.core.to("x").emit("nobody");
    scene.loops.run();

    assertThat(clients.get(0).take())
        .containsExactly(
            "42[\"to\"]",
            "42[\"except\"]",
            "42[\"local\"]",
            "42[\"volatile\"]",
            "42[\"uncompressed\"]");
    assertThat(outcome(scene.core.fetchSockets())).hasSize(3);
    scene.core.disconnectSockets();
    scene.loops.run();
    assertThat(clients.get(0).take()).containsExactly("41");
    assertThat(clients.get(0).ending()).isEmpty();
  }

  private final class Logging implements RoomListener {
    @Override
    public void onCreate(String room) {
      log.add("create " + room);
    }

    @Override
    public void onDelete(String room) {
      log.add("delete " + room);
    }

    @Override
    public void onJoin(String room, String socketId) {
      log.add("join " + room + " " + socketId);
    }

    @Override
    public void onLeave(String room, String socketId) {
      log.add("leave " + room + " " + socketId);
    }
  }
}
