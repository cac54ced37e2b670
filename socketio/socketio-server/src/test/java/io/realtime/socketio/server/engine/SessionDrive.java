package io.realtime.socketio.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.protocol.engineio.EngineCodecV4;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.RecordingUpgrade;
import io.realtime.socketio.server.testing.Scene;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an input as a sequence of steps, two bytes each (what, and with which argument), and takes
 * them on a server on two loops. Whatever they were: nothing throws, every request is answered,
 * every socket that was announced ends once, and nothing is left in the end.
 */
final class SessionDrive {
  private static final int LOOPS = 2;
  private static final int MAX_CLIENTS = 8;
  private static final Step[] STEPS = Step.values();

  /** What a client may say, sensible or not; an argument picks one. */
  private static final String[] FRAMES = {
    "40",
    "41",
    "42[\"echo\",1]",
    "421[\"echo\",{}]",
    "430[1]",
    "1",
    "2",
    "3",
    "5",
    "6",
    "2probe",
    "3probe",
    "0{}",
    "40/n,",
    "41/n,",
    "42/n,[\"echo\"]",
    "44{\"message\":\"m\"}",
    "4",
    "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]",
    "461-0[{\"_placeholder\":true,\"num\":0}]",
    "bAQID",
    "b!",
    "",
    "7",
    "4{",
    "42[\"throw\"]",
    "42[\"leave\"]",
    "42[\"close\"]",
    "42[\"big\"]",
    "40\u001e42[\"echo\",2]\u001e3",
    "3\u001e3\u001e3",
    "42[\"connect\"]"
  };

  private enum Step {
    OPEN_POLLING,
    OPEN_WEBSOCKET,
    PROBE,
    POST,
    GET,
    ABORT,
    TEXT,
    BYTES,
    WAIT,
    WAIT_LONG,
    STALL,
    NOT_WRITABLE,
    WRITABLE,
    CLIENT_CLOSES,
    BROADCAST,
    ROOM,
    VOLATILE,
    ASK,
    MARK,
    DISCONNECT,
    CLOSE_TRANSPORT,
    OTHER_METHOD,
    OCTETS
  }

  private final Scene scene =
      Scene.settings().loops(LOOPS).outbound(2_000, 20, Duration.ofMillis(150)).scene();
  private final Namespace main = scene.core.of("/");
  private final ByteBuffer input;
  private final List<String> sids = new ArrayList<>();
  private final List<RecordingChannel> channels = new ArrayList<>();
  private final List<RecordingExchange> requests = new ArrayList<>();
  private final List<RecordingExchange> aborted = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private int ended;
  private long mark;

  SessionDrive(byte[] input) {
    this.input = ByteBuffer.wrap(input);
    main.onConnection(this::announced);
    scene.core.of("/n").onConnection(this::announced);
  }

  private void announced(Socket socket) {
    sockets.add(socket);
    socket.onDisconnect(reason -> ended++);
    socket.join("r" + sockets.size() % 3);
    socket.on("echo", event -> event.ack().send(event.arguments().toArray()));
    socket.on("big", event -> socket.emit("big", "x".repeat(1_500), new byte[300]));
    socket.on("leave", event -> socket.disconnect(false));
    socket.on("close", event -> socket.closeTransport(DisconnectReason.FORCED_CLOSE));
    socket.on(
        "throw",
        event -> {
          throw new IllegalStateException("planted");
        });
  }

  void run() {
    while (input.remaining() >= 2) {
      Step step = STEPS[Byte.toUnsignedInt(input.get()) % STEPS.length];
      take(step, Byte.toUnsignedInt(input.get()));
      scene.loops.run();
    }
    assertNothingIsLeft();
  }

  private void take(Step step, int argument) {
    switch (step) {
      case OPEN_POLLING -> openPolling(argument % LOOPS);
      case OPEN_WEBSOCKET -> openWebSocket(Scene.WEBSOCKET, argument % LOOPS);
      case PROBE -> openWebSocket(Scene.webSocket(sid(argument)), argument % LOOPS);
      case POST -> send("POST", argument, FRAMES[argument % FRAMES.length]);
      case GET -> send("GET", argument, "");
      case OTHER_METHOD -> send("PUT", argument, "");
      case OCTETS -> {
        scene.listener.with("content-type", "application/octet-stream");
        send("POST", argument, "42[\"echo\"]");
        scene.listener.with();
      }
      case ABORT -> abort();
      case TEXT, BYTES, NOT_WRITABLE, WRITABLE, CLIENT_CLOSES -> onChannel(step, argument);
      case WAIT -> scene.loops.advanceMillis(argument % 32);
      case WAIT_LONG -> scene.loops.advanceMillis(100 + argument);
      case STALL -> scene.loops.stall(Duration.ofMillis(argument * 2L));
      case BROADCAST -> main.emit("e", argument);
      case ROOM -> main.to("r" + argument % 4).emit("e", new byte[argument]);
      case VOLATILE, ASK, MARK, DISCONNECT, CLOSE_TRANSPORT -> onSocket(step, argument);
    }
  }

  private void openPolling(int loop) {
    if (sids.size() < MAX_CLIENTS) {
      String body = scene.listener.request("GET", Scene.POLLING, "", loop).body();
      int at = body.indexOf("\"sid\":\"") + 7;
      sids.add(body.substring(at, at + 20));
    }
  }

  private void openWebSocket(String target, int loop) {
    if (channels.size() < MAX_CLIENTS) {
      RecordingUpgrade upgrade = scene.listener.upgrade(target, loop);
      if (!upgrade.refused()) {
        channels.add(upgrade.channel());
      }
    }
  }

  private String sid(int argument) {
    return sids.isEmpty() ? "unknown" : sids.get((argument >> 5) % sids.size());
  }

  private void send(String method, int argument, String body) {
    String target = Scene.polling(sid(argument));
    requests.add(scene.listener.send(method, target, body, argument % LOOPS));
  }

  private void abort() {
    for (RecordingExchange request : requests) {
      if (!request.answered() && !aborted.contains(request)) {
        aborted.add(request);
        request.loop().execute(request::abort);
        return;
      }
    }
  }

  private void onChannel(Step step, int argument) {
    if (channels.isEmpty()) {
      return;
    }
    RecordingChannel channel = channels.get((argument >> 5) % channels.size());
    if (!channel.ending().isEmpty()) {
      return;
    }
    String frame = FRAMES[argument % FRAMES.length];
    switch (step) {
      case TEXT -> inHome(channel, () -> channel.events().onText(frame));
      case BYTES -> inHome(channel, () -> channel.events().onBinary(frame.getBytes(UTF_8)));
      case NOT_WRITABLE -> inHome(channel, () -> channel.setWritable(false));
      case WRITABLE -> inHome(channel, () -> channel.setWritable(true));
      case CLIENT_CLOSES -> {
        channel.reportEndAtOnce();
        inHome(channel, () -> channel.events().onClose(1_000 + argument % 16));
        channels.remove(channel);
      }
      default -> throw new IllegalArgumentException(step.name());
    }
  }

  /** A channel's events come on the loop on which it opened. */
  private void inHome(RecordingChannel channel, Runnable event) {
    channel.home().execute(event);
    scene.loops.run();
  }

  private void onSocket(Step step, int argument) {
    if (sockets.isEmpty()) {
      return;
    }
    Socket socket = sockets.get(argument % sockets.size());
    switch (step) {
      case VOLATILE -> socket.to("r1").emit("v", argument);
      case ASK -> socket.emitWithAck(Duration.ofMillis(argument), "q").handle((a, failure) -> 0);
      case MARK -> socket.emit(Message.of("m", argument), ++mark);
      case DISCONNECT -> socket.disconnect(argument % 2 == 0);
      case CLOSE_TRANSPORT -> socket.closeTransport(DisconnectReason.FORCED_CLOSE);
      default -> throw new IllegalArgumentException(step.name());
    }
  }

  private void assertNothingIsLeft() {
    for (RecordingChannel channel : channels) {
      channel.home().execute(() -> channel.events().onClose(1006));
    }
    scene.loops.advanceMillis(1_500); // the heartbeat ends those that nobody polls
    assertThat(scene.core.connectionCount()).isZero();
    assertThat(scene.core.stats().sockets()).isZero();
    assertThat(ended).isEqualTo(sockets.size());
    var _ = scene.core.close(); // those that linger for a last poll
    scene.loops.run();
    for (RecordingExchange request : requests) {
      assertThat(request.answered() || aborted.contains(request)).isTrue();
      if (request.answered() && request.status() == 200 && !request.body().equals("ok")) {
        EngineCodecV4.decodePayload(request.body(), 1_000);
      }
    }
    for (int loop = 0; loop < LOOPS; loop++) {
      assertThat(scene.loops.loop(loop).timers()).isZero();
    }
  }
}
