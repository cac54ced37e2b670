package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three loops, and two clients on each unless a test says otherwise. */
class RoomsTest {
  private static final int LOOPS = 3;

  private final Scene scene =
      Scene.settings()
          .loops(LOOPS)
          .heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20))
          .scene();
  private final Namespace main = scene.core.of("/");
  private final List<Socket> sockets = new ArrayList<>();
  private final List<RecordingChannel> clients = new ArrayList<>();

  RoomsTest() {
    main.onConnection(sockets::add);
    for (int i = 0; i < 6; i++) {
      clients.add(scene.connectWebSocket(i % LOOPS));
    }
  }

  /** Runs {@code action} as a thread that is no loop would, and all that follows. */
  private void outside(Runnable action) {
    action.run();
    scene.loops.run();
  }

  /** Which clients received exactly one packet of that event since the last call. */
  private List<Integer> reached(String event) {
    List<Integer> reached = new ArrayList<>();
    for (int i = 0; i < clients.size(); i++) {
      List<String> got = clients.get(i).take();
      if (got.equals(List.of("42[\"" + event + "\"]"))) {
        reached.add(i);
      } else {
        assertThat(got).isEmpty();
      }
    }
    return reached;
  }

  @Test
  void namespaceEmit_reachesEveryone() {
    outside(() -> main.emit("e"));

    assertThat(reached("e")).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void toRooms_reachesTheUnionOnce() {
    outside(
        () -> {
          sockets.get(0).join("a", "b");
          sockets.get(1).join("a");
          sockets.get(2).join("b");
          main.to("a", "b").emit("e");
        });

    assertThat(reached("e")).containsExactly(0, 1, 2);
  }

  @Test
  void toUnknownRoom_reachesNobodyAndPostsNoTask() {
    main.to("nowhere").emit("e");

    assertThat(scene.loops.all()).allMatch(loop -> loop.waiting() == 0);
  }

  @Test
  void toRoomOnOneLoop_postsOneTaskToThatLoopOnly() {
    outside(() -> sockets.get(1).join("a"));

    main.to("a").emit("e");

    assertThat(scene.loops.loop(0).waiting()).isZero();
    assertThat(scene.loops.loop(1).waiting()).isEqualTo(1);
    assertThat(scene.loops.loop(2).waiting()).isZero();
  }

  @Test
  void exceptRoomsAndIds_leavesThemOut() {
    outside(
        () -> {
          sockets.get(0).join("a");
          sockets.get(1).join("a", "muted");
          sockets.get(2).join("a");
          main.to("a").except("muted", sockets.get(2).id()).emit("e");
        });

    assertThat(reached("e")).containsExactly(0);
  }

  @Test
  void toAnId_reachesThatSocket() {
    outside(() -> main.to(sockets.get(4).id()).emit("e"));

    assertThat(reached("e")).containsExactly(4);
  }

  @Test
  void socketTo_andBroadcast_leaveTheSenderOut() {
    outside(
        () -> {
          sockets.get(0).join("a");
          sockets.get(3).join("a");
          sockets.get(0).to("a").emit("e");
        });
    assertThat(reached("e")).containsExactly(3);

    outside(() -> sockets.get(0).broadcast().emit("e"));
    assertThat(reached("e")).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void joinThenEmit_ofOneCaller_isNeverMissed() {
    for (int i = 0; i < 6; i++) {
      sockets.get(i).join("late");
      main.to("late").emit("e");
      sockets.get(i).leave("late");
      scene.loops.run();
      assertThat(reached("e")).containsExactly(i);
    }
    assertThat(main.localRoomSize("late")).isZero();
  }

  @Test
  void socketsJoinThenEmit_ofOneCaller_isNeverMissed() {
    outside(
        () -> {
          main.except(sockets.get(5).id()).socketsJoin("x");
          main.to("x").emit("e");
        });

    assertThat(reached("e")).containsExactly(0, 1, 2, 3, 4);
    assertThat(main.localRoomSize("x")).isEqualTo(5);
  }

  @Test
  void socketsLeave_theRestIsReached() {
    outside(
        () -> {
          main.socketsJoin("x");
          main.to(sockets.get(0).id(), sockets.get(1).id()).socketsLeave("x");
          main.to("x").emit("e");
        });

    assertThat(reached("e")).containsExactly(2, 3, 4, 5);
  }

  @Test
  void disconnectSockets_thoseAreToldTheOthersStay() {
    outside(() -> sockets.get(1).join("bad"));

    outside(() -> main.to("bad").disconnectSockets(true));

    assertThat(clients.get(1).take()).containsExactly("41");
    assertThat(clients.get(1).ending()).isEqualTo("close");
    assertThat(main.localSocketCount()).isEqualTo(5);
  }

  @Test
  void forEachLocal_runsOnTheHomeLoopsInOrderBehindWhatTheCallerDidBefore() {
    outside(
        () -> {
          main.socketsJoin("x");
          main.to("x")
              .forEachLocal(
                  socket -> {
                    assertThat(socket.rooms()).contains("x", socket.id());
                    assertThat(scene.loops.all().stream().filter(loop -> loop.inLoop()))
                        .containsExactly(
                            (io.realtime.socketio.server.testing.FakeLoops.FakeLoop) socket.loop());
                    socket.emit("e");
                    socket.leave("x");
                  });
        });

    assertThat(reached("e")).hasSize(6);
    assertThat(main.localRoomSize("x")).isZero();
  }

  @Test
  void forEachLocal_actionThrows_endsThatConnectionOnly() {
    outside(
        () ->
            main.forEachLocal(
                socket -> {
                  if (socket.id().equals(sockets.get(2).id())) {
                    throw new IllegalStateException("planted");
                  }
                  socket.emit("e");
                }));

    assertThat(reached("e")).containsExactly(0, 1, 3, 4, 5);
    assertThat(main.localSocketCount()).isEqualTo(5);
  }

  @Test
  void broadcastsOfOneCaller_arriveInItsOrder() {
    outside(
        () -> {
          sockets.get(4).join("a");
          main.emit("1");
          main.to("a").emit("2");
          sockets.get(4).emit("3");
          main.emit("4");
        });

    assertThat(clients.get(4).take())
        .containsExactly("42[\"1\"]", "42[\"2\"]", "42[\"3\"]", "42[\"4\"]");
  }

  @Test
  void oneMessage_severalTargets_isEncodedOnce() {
    Message message = Message.of("e", java.util.Map.of("a", 1));
    outside(
        () -> {
          main.emit(message);
          sockets.get(0).emit(message);
        });

    assertThat(clients.stream().map(client -> client.frames().getLast()).distinct()).hasSize(1);
    assertThat(clients.get(0).frames().getLast()).isSameAs(clients.get(5).frames().getLast());
  }

  @Test
  void joinTwiceAndLeaveUnjoined_countOnce() {
    outside(
        () -> {
          sockets.get(0).join("a", "a");
          sockets.get(0).join("a");
          sockets.get(1).leave("a");
        });
    assertThat(main.localRoomSize("a")).isEqualTo(1);
    assertThat(sockets.get(0).rooms()).containsExactlyInAnyOrder(sockets.get(0).id(), "a");

    outside(() -> sockets.get(0).leave("a"));
    assertThat(main.localRoomSize("a")).isZero();
  }

  @Test
  void connectionsEnd_roomsAndCountersGo() {
    outside(() -> main.socketsJoin("a", "b"));
    for (int i = 0; i < 6; i++) {
      RecordingChannel client = clients.get(i);
      scene.loops.in(i % LOOPS, () -> client.events().onClose(1006));
    }

    assertThat(main.localSocketCount()).isZero();
    assertThat(((LocalNamespace) main).sockets().roomCount()).isZero();
    assertThat(scene.core.connectionCount()).isZero();
  }

  @Test
  void localSocket_isFoundByItsId() {
    assertThat(main.localSocket(sockets.get(3).id())).contains(sockets.get(3));
    assertThat(main.localSocket("nobody")).isEmpty();
    assertThat(main.localRoomSize(sockets.get(3).id())).isEqualTo(1);
  }

  @Test
  void moreThanAFewMembers_leaveAgainOneByOne() {
    for (int i = 0; i < 3 * Members.FEW; i++) {
      clients.add(scene.connectWebSocket(0));
    }
    outside(() -> main.socketsJoin("crowd"));
    assertThat(main.localRoomSize("crowd")).isEqualTo(sockets.size());

    for (Socket socket : sockets) {
      outside(() -> socket.leave("crowd"));
    }

    assertThat(main.localRoomSize("crowd")).isZero();
    outside(() -> main.to("crowd").emit("e"));
    assertThat(reached("e")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void randomJoinsAndLeaves_everyBroadcastReachesExactlyTheModelsMembers(long seed) {
    Random random = new Random(seed);
    int crowd = seed % 2 == 0 ? 3 * Members.FEW : 0; // on one loop, so that rooms hold many there
    for (int i = 0; i < crowd; i++) {
      clients.add(scene.connectWebSocket(0));
    }
    List<Set<String>> model = new ArrayList<>();
    sockets.forEach(socket -> model.add(new HashSet<>()));
    String[] rooms = {"r0", "r1", "r2", "r3"};
    for (int step = 0; step < 300 + 30 * crowd; step++) {
      int who = random.nextInt(clients.size());
      String room = rooms[random.nextInt(rooms.length)];
      if (random.nextBoolean()) {
        sockets.get(who).join(room);
        model.get(who).add(room);
      } else {
        sockets.get(who).leave(room);
        model.get(who).remove(room);
      }
      if (random.nextInt(5) == 0) {
        String other = rooms[random.nextInt(rooms.length)];
        String without = rooms[random.nextInt(rooms.length)];
        main.to(room).emit("one");
        scene.loops.run();
        List<Integer> one = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
          if (model.get(i).contains(room)) {
            one.add(i);
          }
        }
        assertThat(reached("one")).as("seed %d, step %d", seed, step).isEqualTo(one);
        main.to(room, other).except(without).emit("e");
        scene.loops.run();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
          Set<String> in = model.get(i);
          if ((in.contains(room) || in.contains(other)) && !in.contains(without)) {
            expected.add(i);
          }
        }
        assertThat(reached("e")).as("seed %d, step %d", seed, step).isEqualTo(expected);
      }
    }
  }
}
