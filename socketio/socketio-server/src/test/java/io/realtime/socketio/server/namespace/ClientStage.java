package io.realtime.socketio.server.namespace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.socketio.protocol.socketio.SocketPacket;
import io.realtime.socketio.protocol.socketio.SocketPacketEncoder;
import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A server with one client by WebSocket in a situation of the test's choice. */
final class ClientStage {
  private final Scene scene =
      Scene.settings().heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20)).scene();
  private final List<String> seen = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final RecordingChannel channel;
  private CompletableFuture<Void> admission = CompletableFuture.completedFuture(null);

  /** Where the client's socket in the main namespace can be. */
  enum Situation {
    NOT_CONNECTED,
    ADMITTING,
    REFUSED,
    CONNECTED,
    ASSEMBLING,
    ASKED,
    LEFT,
    DISCONNECTED,
    ENDED
  }

  /** Something that can happen to a client. */
  record Event(String name, Consumer<ClientStage> happens) {}

  /** One of each kind. */
  static List<SocketPacket> packets(String namespace) {
    return List.of(
        new SocketPacket.Connect(namespace, Map.of()),
        new SocketPacket.Disconnect(namespace),
        new SocketPacket.Event(namespace, OptionalLong.of(7), List.of("e")),
        new SocketPacket.Ack(namespace, 0, List.of("answer")),
        new SocketPacket.ConnectError(namespace, Map.of("message", "m")));
  }

  static List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (String namespace : List.of("/", "/n", "/unknown")) {
      for (SocketPacket packet : packets(namespace)) {
        String frame = new String(SocketPacketEncoder.encode(packet).text(), UTF_8);
        events.add(new Event(frame, stage -> stage.text(frame)));
      }
    }
    for (String frame :
        List.of("42[\"e\"]", "4399[]", "451-[\"e\",{\"_placeholder\":true,\"num\":0}]", "4{")) {
      events.add(new Event(frame, stage -> stage.text(frame)));
    }
    events.add(new Event("bytes", ClientStage::bytes));
    events.add(new Event("admitted", stage -> stage.decide(future -> future.complete(null))));
    events.add(
        new Event(
            "refused",
            stage ->
                stage.decide(future -> future.completeExceptionally(new ConnectRefused("no")))));
    events.add(new Event("server emits", stage -> stage.onSocket(socket -> socket.emit("s"))));
    events.add(
        new Event(
            "server disconnects", stage -> stage.onSocket(socket -> socket.disconnect(false))));
    events.add(
        new Event(
            "server disconnects all", stage -> stage.onSocket(socket -> socket.disconnect(true))));
    events.add(
        new Event(
            "server closes",
            stage ->
                stage.onSocket(socket -> socket.closeTransport(DisconnectReason.FORCED_CLOSE))));
    events.add(new Event("server shuts down", ClientStage::shutDown));
    events.add(new Event("client goes", ClientStage::go));
    events.add(new Event("30 s pass", stage -> stage.pass(30)));
    events.add(new Event("45 s pass", stage -> stage.pass(45)));
    return events;
  }

  ClientStage(Situation situation) {
    scene.core.of("/").use(socket -> admission);
    scene.core.of("/").onConnection(socket -> announced("/", socket));
    scene.core.of("/n").onConnection(socket -> announced("/n", socket));
    channel = scene.openWebSocket(0);
    begin(situation);
    channel.take();
    seen.clear();
  }

  private void announced(String namespace, Socket socket) {
    sockets.add(socket);
    seen.add("connection " + namespace);
    socket.onDisconnect(reason -> seen.add("disconnect " + namespace + ": " + reason.text()));
    socket.on(
        "e",
        event -> {
          seen.add("event " + event.arguments().size());
          event.ack().send("a");
        });
  }

  private void begin(Situation situation) {
    switch (situation) {
      case NOT_CONNECTED -> {}
      case ADMITTING -> {
        admission = new CompletableFuture<>();
        text("40");
      }
      case REFUSED -> {
        begin(Situation.ADMITTING);
        decide(future -> future.completeExceptionally(new ConnectRefused("no")));
      }
      case CONNECTED -> text("40");
      case ASSEMBLING -> {
        text("40");
        text("451-[\"e\",{\"_placeholder\":true,\"num\":0}]");
      }
      case ASKED -> {
        text("40");
        ask();
      }
      case LEFT -> {
        text("40");
        text("41");
      }
      case DISCONNECTED -> {
        text("40");
        onSocket(socket -> socket.disconnect(false));
      }
      case ENDED -> {
        text("40");
        go();
      }
    }
  }

  /** Everything that was seen and sent, in order of each. */
  String outcomeOf(Event event) {
    event.happens().accept(this);
    channel.take().forEach(frame -> seen.add("sent " + frame.replaceAll("[\\w-]{20}", "ID")));
    if (!channel.ending().isEmpty()) {
      seen.add("closed");
    }
    return seen.isEmpty() ? "nothing" : String.join(", ", seen);
  }

  private void text(String frame) {
    scene.text(channel, 0, frame);
  }

  private void bytes() {
    scene.loops.in(0, () -> channel.events().onBinary(new byte[] {1}));
  }

  private void decide(Consumer<CompletableFuture<Void>> decision) {
    decision.accept(admission);
    scene.loops.run();
  }

  private void ask() {
    var _ =
        sockets
            .getFirst()
            .emitWithAck(Duration.ofSeconds(40), "q")
            .handle(
                (answer, failure) ->
                    seen.add(
                        failure == null
                            ? "answered " + answer
                            : "unanswered " + failure.getClass().getSimpleName()));
    scene.loops.run();
  }

  private void onSocket(Consumer<Socket> action) {
    sockets.forEach(action);
    scene.loops.run();
  }

  private void shutDown() {
    var _ = scene.core.close();
    scene.loops.run();
  }

  private void go() {
    channel.reportEndAtOnce();
    scene.loops.in(0, () -> channel.events().onClose(1001));
  }

  private void pass(int seconds) {
    scene.loops.advance(Duration.ofSeconds(seconds));
  }
}
