package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.SessionKeeper;
import io.realtime.socketio.server.api.SessionKeeper.Arrival;
import io.realtime.socketio.server.api.SessionKeeper.Claim;
import io.realtime.socketio.server.api.SessionKeeper.Missed;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The application keeps the sessions: here one, named {@code secret}, of socket {@code ID}. */
class KeptRecoveryTest {
  private static final Duration LONG = Duration.ofSeconds(1_000);
  private static final String ID = "abcdefghijklmnopqrst";
  private static final String CLAIM = "40{\"pid\":\"secret\",\"offset\":\"7\"}";

  private final List<Claim> claims = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<CompletableFuture<Arrival>> decisions = new ArrayList<>();

  private Scene scene(SessionKeeper keeper) {
    Scene scene =
        Scene.settings()
            .loops(2)
            .heartbeat(LONG, LONG)
            .with(
                options -> options.connectionStateRecovery(ConnectionStateRecovery.keptBy(keeper)))
            .scene();
    scene.core.of("/").onConnection(sockets::add);
    return scene;
  }

  private static Arrival returned() {
    return new Arrival.Returned(
        ID,
        "secret",
        Set.of("room"),
        Map.of("user", "ann"),
        List.of(
            new Missed(Message.of("m", 8, "8"), OptionalLong.of(8)),
            new Missed(Message.of("n", 9, "9"), OptionalLong.empty())));
  }

  private Scene deciding() {
    return scene(
        (handshake, claim) -> {
          claim.ifPresent(claims::add);
          CompletableFuture<Arrival> decision = new CompletableFuture<>();
          decisions.add(decision);
          return decision;
        });
  }

  @Test
  void someoneNew_isToldThePidOfTheApplication() {
    Scene scene =
        scene(
            (handshake, claim) ->
                CompletableFuture.completedFuture(new Arrival.New(Optional.of("secret"))));
    RecordingChannel client = scene.openWebSocket(0);

    scene.text(client, 0, "40");

    assertThat(client.take())
        .containsExactly("40{\"sid\":\"" + sockets.getFirst().id() + "\",\"pid\":\"secret\"}");
    assertThat(sockets.getFirst().recovered()).isFalse();
  }

  @Test
  void returned_missedComesFirst_withItsMark() {
    Scene scene = deciding();
    RecordingChannel client = scene.openWebSocket(0);
    List<Long> proven = new ArrayList<>();
    scene.core.of("/").onConnection(socket -> socket.onProven(proven::add));
    scene.text(client, 0, CLAIM);
    assertThat(client.take()).isEmpty();

    decisions.getFirst().complete(returned());
    scene.loops.run();
    List<String> came = client.take();
    scene.text(client, 0, "3");

    assertThat(came)
        .containsExactly(
            "42[\"m\",8,\"8\"]",
            "42[\"n\",9,\"9\"]",
            "40{\"sid\":\"" + ID + "\",\"pid\":\"secret\"}",
            "2");
    assertThat(claims).containsExactly(new Claim("secret", "7"));
    assertThat(proven).containsExactly(8L);
    Socket socket = sockets.getFirst();
    assertThat(socket.recovered()).isTrue();
    assertThat(socket.rooms()).containsExactlyInAnyOrder(ID, "room");
    assertThat(socket.data()).containsEntry("user", "ann");
  }

  @Test
  void returned_whileTheOldOneLives_endsThatFirst() {
    Scene scene = deciding();
    List<DisconnectReason> ends = new ArrayList<>();
    scene.core.of("/").onConnection(socket -> socket.onDisconnect(ends::add));
    for (int loop = 0; loop < 2; loop++) {
      RecordingChannel client = scene.openWebSocket(loop);
      scene.text(client, loop, CLAIM);
      decisions.get(loop).complete(returned());
      scene.loops.run();
    }

    assertThat(ends).containsExactly(DisconnectReason.TAKEN_OVER);
    assertThat(sockets).hasSize(2);
    assertThat(scene.core.of("/").localSocket(ID)).containsSame(sockets.get(1));
  }

  @Test
  void undecided_connectsAgain_isClosed() {
    Scene scene = deciding();
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, "40");

    scene.text(client, 0, "40");

    assertThat(client.ending()).isEqualTo("close");
  }

  @Test
  void undecided_connectTimeoutPasses_isClosed() {
    Scene scene = deciding();
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, "40");

    scene.loops.advance(Duration.ofSeconds(46));
    decisions.getFirst().complete(returned());
    scene.loops.run();

    assertThat(client.ending()).isEqualTo("close");
    assertThat(sockets).isEmpty();
    assertThat(scene.core.of("/").localSocketCount()).isZero();
  }

  @Test
  void keeperFails_isRefusedWithoutItsReason() {
    Scene scene = deciding();
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, "40");

    decisions.getFirst().completeExceptionally(new IllegalStateException("the store is down"));
    scene.loops.run();

    assertThat(client.take()).containsExactly("44{\"message\":\"Internal error\"}");
  }

  @Test
  void alive_answersTheHeartbeat_isHeardOf() {
    Scene scene =
        scene(
            (handshake, claim) ->
                CompletableFuture.completedFuture(new Arrival.New(Optional.empty())));
    List<String> heard = new ArrayList<>();
    scene.core.of("/").onConnection(socket -> socket.onAlive(() -> heard.add(socket.id())));
    RecordingChannel client = scene.connectWebSocket(0);

    scene.loops.in(0, () -> sockets.getFirst().pingNow());
    scene.text(client, 0, "3");

    assertThat(client.take()).containsExactly("2");
    assertThat(heard).containsExactly(sockets.getFirst().id());
  }

  @Test
  void someoneNew_namedByTheApplication_hasThatIdAndData() {
    Scene scene =
        scene(
            (handshake, claim) ->
                CompletableFuture.completedFuture(
                    new Arrival.New(
                        Optional.of("secret"), Optional.of(ID), Map.of("user", "ann"))));
    RecordingChannel client = scene.openWebSocket(0);

    scene.text(client, 0, "40");

    assertThat(client.take()).containsExactly("40{\"sid\":\"" + ID + "\",\"pid\":\"secret\"}");
    assertThat(sockets.getFirst().data()).containsEntry("user", "ann");
    assertThat(sockets.getFirst().recovered()).isFalse();
  }

  @Test
  void decided_clientGoneMeanwhile_isAbandoned() {
    List<Arrival> abandoned = new ArrayList<>();
    Scene scene = scene(new Abandoning(decisions, abandoned));
    Arrival arrival = returned();
    for (int loop = 0; loop < 2; loop++) {
      RecordingChannel client = scene.openWebSocket(loop);
      scene.text(client, loop, CLAIM);
      scene.loops.advance(Duration.ofSeconds(46));
      decisions.get(loop).complete(arrival);
      scene.loops.run();
    }

    assertThat(abandoned).containsExactly(arrival, arrival);
  }

  @Test
  void decided_refusedByAMiddleware_isAbandonedAndTheMiddlewareHearsOfIt() {
    List<Arrival> abandoned = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    Scene scene = scene(new Abandoning(decisions, abandoned));
    scene
        .core
        .of("/")
        .use(
            socket -> {
              socket.onAbandoned(() -> heard.add(socket.id()));
              return CompletableFuture.failedFuture(new ConnectRefused("no"));
            });
    Arrival fresh = new Arrival.New(Optional.of("secret"), Optional.of(ID), Map.of());
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, "40");

    decisions.getFirst().complete(fresh);
    scene.loops.run();

    assertThat(abandoned).containsExactly(fresh);
    assertThat(heard).containsExactly(ID);
  }

  private record Abandoning(List<CompletableFuture<Arrival>> decisions, List<Arrival> abandonments)
      implements SessionKeeper {
    @Override
    public CompletableFuture<Arrival> arrive(Handshake handshake, Optional<Claim> claim) {
      CompletableFuture<Arrival> decision = new CompletableFuture<>();
      decisions.add(decision);
      return decision;
    }

    @Override
    public void abandoned(Arrival arrival) {
      abandonments.add(arrival);
    }
  }
}
