package io.realtime.socketio.server.namespace;

import static io.realtime.socketio.server.namespace.RecoveryDevice.connected;
import static io.realtime.socketio.server.namespace.RecoveryDevice.emit;
import static io.realtime.socketio.server.namespace.RecoveryDevice.knowing;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.ConnectionStateRecovery.InMemory;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {
  private static final Duration LONG = Duration.ofSeconds(1_000);

  private final List<Socket> sockets = new ArrayList<>();

  private Scene scene(UnaryOperator<InMemory> change) {
    Scene scene =
        Scene.settings()
            .loops(2)
            .heartbeat(LONG, LONG)
            .with(
                options ->
                    options.connectionStateRecovery(
                        change.apply(ConnectionStateRecovery.inMemory())))
            .scene();
    scene.core.of("/").onConnection(sockets::add);
    return scene;
  }

  private static List<String> names(List<String> packets) {
    return packets.stream().map(it -> it.replaceAll("^42\\[\"(\\w+)\".*", "$1")).toList();
  }

  @Test
  void recoveryOff_connectAndEvents_areAsWithoutIt() {
    Scene scene = Scene.settings().heartbeat(LONG, LONG).scene();
    var client = scene.openWebSocket(0);

    scene.text(client, 0, "40{\"pid\":\"p\",\"offset\":\"o\"}");
    scene.core.of("/").emit("e", "text");
    scene.loops.run();

    assertThat(client.take()).element(0).asString().doesNotContain("pid");
    assertThat(scene.core.of("/").localSocketCount()).isOne();
  }

  @Test
  void connected_events_carryRisingPositions() {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = connected(scene);

    emit(scene, "a");
    List<String> first = device.receive();
    String before = device.offset();
    sockets.getFirst().emit("b", 1);
    scene.loops.run();

    assertThat(first).singleElement().asString().startsWith("42[\"a\",\"");
    assertThat(device.receive()).singleElement().asString().startsWith("42[\"b\",1,\"");
    assertThat(device.offset()).isGreaterThan(before).isNotEqualTo(before);
    assertThat(device.pid()).startsWith(device.sid()).hasSize(40);
  }

  @Test
  void connected_outgoingListener_seesEventsWithoutTheirPositions() {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = connected(scene);
    List<String> seen = new ArrayList<>();
    sockets.getFirst().prependAnyOutgoing((event, arguments) -> seen.add(event + arguments));

    scene.core.of("/").emit("all", 1);
    sockets.getFirst().emit("one", 2);
    scene.loops.run();

    assertThat(seen).containsExactly("all[1]", "one[2]");
    assertThat(names(device.receive())).containsExactly("all", "one");
  }

  @Test
  void connected_volatileAckedAndConflated_carryNoPosition() {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = connected(scene);
    Namespace main = scene.core.of("/");

    main.volatileOnly().emit("v");
    main.emit(Message.of("c", 1).conflatedBy("k"));
    var _ = sockets.getFirst().emitWithAck(LONG, "q");
    scene.loops.run();

    assertThat(device.receive()).containsExactly("42[\"v\"]", "42[\"c\",1]", "420[\"q\"]");
    assertThat(device.offset()).isEmpty();
  }

  @Test
  void away_comesBack_getsWhatItMissedThenTheSameSession() {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = knowing(scene);
    Socket before = sockets.getFirst();
    before.join("room");
    before.data().put("user", "ann");
    scene.loops.run();
    String sid = device.sid();

    device.cut();
    scene.loops.run();
    emit(scene, "missed");
    scene.core.of("/").to("room").emit("inRoom");
    scene.core.of("/").to("elsewhere").emit("notForIt");
    scene.core.of("/").except("room").emit("exceptIt");
    before.emit("direct");
    scene.loops.run();
    device.comeBack(1);
    scene.loops.run();

    List<String> came = device.receive();
    assertThat(names(came.subList(0, 3))).containsExactly("missed", "inRoom", "direct");
    assertThat(came).hasSize(4);
    assertThat(came.getLast()).startsWith("40{");
    assertThat(device.recovered()).isTrue();
    assertThat(device.sid()).isEqualTo(sid);
    Socket after = sockets.getLast();
    assertThat(after).isNotSameAs(before);
    assertThat(after.recovered()).isTrue();
    assertThat(after.id()).isEqualTo(sid);
    assertThat(after.rooms()).containsExactlyInAnyOrder(sid, "room");
    assertThat(after.data()).containsEntry("user", "ann");
    assertThat(scene.core.stats().recovery().succeeded()).isOne();
  }

  @Test
  void recovered_furtherEvents_comeOnceAndLive() {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = knowing(scene);
    device.cut();
    device.comeBack(1);
    scene.loops.run();
    device.receive();

    emit(scene, "live");

    assertThat(names(device.receive())).containsExactly("live");
    device.cut();
    device.comeBack(0);
    scene.loops.run();
    assertThat(device.receive()).hasSize(1);
    assertThat(device.recovered()).isTrue();
  }

  @Test
  void stillLiving_comesBackByAnother_isTakenOver() {
    Scene scene = scene(UnaryOperator.identity());
    List<DisconnectReason> ends = new ArrayList<>();
    scene.core.of("/").onConnection(socket -> socket.onDisconnect(ends::add));
    RecoveryDevice device = knowing(scene);
    device.vanish();
    emit(scene, "lost");
    device.vanish();
    RecoveryDevice old = device;

    device.comeBack(1);
    scene.loops.run();

    assertThat(names(old.receive())).element(0).isEqualTo("lost");
    assertThat(device.recovered()).isTrue();
    assertThat(ends).containsExactly(DisconnectReason.TAKEN_OVER);
    assertThat(scene.core.of("/").localSocketCount()).isOne();
  }

  @Test
  void anotherIdentity_namesTheSession_beginsAnew() {
    Scene scene =
        scene(it -> it.withIdentity(handshake -> handshake.authText("user").orElse("nobody")));
    RecoveryDevice device = knowing(scene);
    device.cut();
    device.comeBack(0, ",\"user\":\"mallory\"");
    scene.loops.run();

    device.receive();
    assertThat(device.recovered()).isFalse();
    assertThat(scene.core.stats().recovery().failed()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAAAA.00000001", "__proto__"})
  void unknownOffset_beginsAnewWithoutAWord(String offset) {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = knowing(scene);
    String sid = device.sid();
    device.cut();
    device.forgeOffset(offset);
    device.comeBack(1);
    scene.loops.run();

    assertThat(device.receive()).singleElement().asString().startsWith("40{");
    assertThat(device.recovered()).isFalse();
    assertThat(device.sid()).isNotEqualTo(sid);
  }

  @Test
  void unknownPid_beginsAnew() {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = knowing(scene);
    device.cut();
    device.forgePid(device.sid() + device.sid());
    device.comeBack(1);
    scene.loops.run();

    device.receive();
    assertThat(device.recovered()).isFalse();
  }

  @Test
  void positionAheadOfTheLog_beginsAnew() {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = knowing(scene);
    device.cut();
    device.forgeOffset(device.offset().replaceAll(".$", "z"));
    device.comeBack(1);
    scene.loops.run();

    device.receive();
    assertThat(device.recovered()).isFalse();
  }

  @Test
  void leftByItself_comesBack_beginsAnew() {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = knowing(scene);
    device.say("41");
    device.cut();
    device.comeBack(0);
    scene.loops.run();

    device.receive();
    assertThat(device.recovered()).isFalse();
  }

  @Test
  void parseError_comesBack_beginsAnew() {
    Scene scene = scene(UnaryOperator.identity());
    RecoveryDevice device = knowing(scene);
    device.say("4{");
    device.comeBack(0);
    scene.loops.run();

    device.receive();
    assertThat(device.recovered()).isFalse();
  }

  @Test
  void middlewares_areSkippedForARecoveredSession() {
    Scene scene = scene(UnaryOperator.identity());
    List<Boolean> asked = new ArrayList<>();
    scene
        .core
        .of("/")
        .use(
            socket -> {
              asked.add(socket.recovered());
              return CompletableFuture.runAsync(() -> {}, Runnable::run);
            });
    RecoveryDevice device = knowing(scene);
    device.cut();
    device.comeBack(0);
    scene.loops.run();

    device.receive();
    assertThat(device.recovered()).isTrue();
    assertThat(asked).containsExactly(false);
  }

  @Test
  void middlewareRefuses_theSessionStaysForItsOwner() {
    Scene scene = scene(it -> it.withSkipMiddlewares(false));
    List<Boolean> asked = new ArrayList<>();
    scene
        .core
        .of("/")
        .use(
            socket -> {
              asked.add(socket.recovered());
              return asked.size() == 2
                  ? CompletableFuture.failedStage(new ConnectRefused("not now"))
                  : CompletableFuture.runAsync(() -> {}, Runnable::run);
            });
    RecoveryDevice device = knowing(scene);
    device.cut();
    device.comeBack(0);
    scene.loops.run();
    assertThat(device.receive()).containsExactly("44{\"message\":\"not now\"}");

    device.cut();
    device.comeBack(1);
    scene.loops.run();

    device.receive();
    assertThat(device.recovered()).isTrue();
    assertThat(asked).containsExactly(false, true, true);
  }

  @Test
  void missedWhileAMiddlewareThinks_isSentToo() {
    Scene scene = scene(it -> it.withSkipMiddlewares(false));
    List<CompletableFuture<Void>> verdicts = new ArrayList<>();
    scene
        .core
        .of("/")
        .use(
            socket -> {
              CompletableFuture<Void> verdict = new CompletableFuture<>();
              verdicts.add(verdict);
              return verdict;
            });
    RecoveryDevice device = new RecoveryDevice(scene, 0);
    scene.loops.run();
    verdicts.getFirst().complete(null);
    scene.loops.run();
    device.receive();
    emit(scene, "first");
    device.receive();
    device.cut();
    device.comeBack(1);
    scene.loops.run();
    emit(scene, "late");

    verdicts.getLast().complete(null);
    scene.loops.run();

    List<String> came = device.receive();
    assertThat(names(came)).element(0).isEqualTo("late");
    assertThat(came).hasSize(2);
    assertThat(device.recovered()).isTrue();
  }
}
