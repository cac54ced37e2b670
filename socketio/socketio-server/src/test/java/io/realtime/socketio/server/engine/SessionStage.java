package io.realtime.socketio.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.EngineHooks;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.ServerOptions.OutboundLimits;
import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpDispatch;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import io.realtime.socketio.server.testing.FakeListener;
import io.realtime.socketio.server.testing.FakeLoops;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.RecordingUpgrade;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An Engine.IO server with one session in a situation of the test's choice. */
final class SessionStage implements HttpDispatch {
  private final FakeLoops loops = new FakeLoops(2);
  private final Tally tally = new Tally(2);
  private final EngineServer server;
  private final FakeListener listener = new FakeListener(this, loops);
  private final List<String> seen = new ArrayList<>();
  private @Nullable EngineSession session;
  private @Nullable RecordingExchange poll;
  private @Nullable RecordingChannel webSocket;

  /** Where a session can be. */
  enum Situation {
    POLLING,
    POLL_WAITS,
    PINGED,
    UPGRADING,
    PROBED,
    WEBSOCKET,
    WEBSOCKET_FULL,
    LINGERING,
    LINGERING_PROBED,
    OVERTAKEN,
    CLOSED
  }

  SessionStage(Situation situation) {
    ServerOptions options =
        ServerOptions.builder()
            .outbound(new OutboundLimits(1_000, 3, Duration.ofSeconds(60)))
            .build();
    List<HomeLoop> homes = loops.all().stream().map(HomeLoop::new).toList();
    server =
        new EngineServer(
            options,
            homes,
            EngineHooks.none(),
            new Ids(new Random(7)),
            tally,
            InstantSource.system(),
            this::receiverOf);
    begin(situation);
    seen.clear();
    if (webSocket != null) {
      webSocket.take();
    }
  }

  private SessionReceiver receiverOf(EngineSession opened) {
    session = opened;
    return new SessionReceiver() {
      @Override
      public void onOpen() {}

      @Override
      public void onText(String text) {
        seen.add("got " + text);
      }

      @Override
      public void onBinary(byte[] bytes) {
        seen.add("got bytes");
      }

      @Override
      public void onClose(DisconnectReason reason) {
        seen.add("ends: " + reason.text());
      }
    };
  }

  EngineSession session() {
    return Objects.requireNonNull(session);
  }

  private void begin(Situation situation) {
    switch (situation) {
      case POLLING -> listener.get(Scene.POLLING);
      case POLL_WAITS -> {
        begin(Situation.POLLING);
        get();
      }
      case PINGED -> {
        begin(Situation.POLL_WAITS);
        pass(25_000);
      }
      case UPGRADING -> {
        begin(Situation.POLL_WAITS);
        openWebSocket();
      }
      case PROBED -> {
        begin(Situation.UPGRADING);
        text("2probe");
      }
      case WEBSOCKET -> {
        begin(Situation.POLLING);
        openWebSocket();
        text("2probe");
        text("5");
      }
      case WEBSOCKET_FULL -> {
        begin(Situation.WEBSOCKET);
        RecordingChannel channel = Objects.requireNonNull(webSocket);
        loops.in(0, () -> channel.setWritable(false));
      }
      case LINGERING -> {
        begin(Situation.POLLING);
        close(DisconnectReason.FORCED_CLOSE);
      }
      case LINGERING_PROBED -> {
        begin(Situation.POLLING);
        openWebSocket();
        text("2probe");
        close(DisconnectReason.FORCED_CLOSE);
      }
      case OVERTAKEN -> {
        begin(Situation.POLLING);
        post("1");
      }
      case CLOSED -> {
        begin(Situation.POLLING);
        shutDown();
      }
    }
    poll = poll != null && poll.answered() ? null : poll;
  }

  /** Everything that was seen, in order, and where the session is then. */
  String outcomeOf(SessionEvent event) {
    RecordingExchange waiting = poll;
    event.happens().accept(this);
    if (waiting != null && waiting.answered()) {
      seen.add("poll " + answer(waiting));
    }
    if (webSocket != null) {
      webSocket.take().forEach(frame -> seen.add("frame " + frame));
      if (!webSocket.ending().isEmpty()) {
        seen.add("websocket " + webSocket.ending());
      }
    }
    String carrier = session().transport().name().toLowerCase(Locale.ROOT);
    seen.add(session().state().name().toLowerCase(Locale.ROOT) + " by " + carrier);
    return String.join(", ", seen);
  }

  void get() {
    poll = noted(listener.get(target()));
  }

  void post(String body) {
    noted(listener.post(target(), body));
  }

  void postOctets() {
    listener.with("content-type", "application/octet-stream");
    post("4hello");
  }

  /** Both have arrived, on another loop, before the first is worked on. */
  void postTwice() {
    RecordingExchange first = listener.send("POST", target(), "4one", 1);
    RecordingExchange second = listener.send("POST", target(), "4two", 1);
    loops.loop(1).drain();
    loops.run();
    noted(first);
    noted(second);
  }

  void put() {
    noted(listener.request("PUT", target(), "", 0));
  }

  void abortPoll() {
    RecordingExchange waiting = poll;
    if (waiting != null && !waiting.answered()) {
      loops.in(0, waiting::abort);
    }
  }

  void openWebSocket() {
    RecordingUpgrade upgrade = listener.upgrade(Scene.webSocket(session().sid()));
    if (upgrade.refused()) {
      seen.add("refused " + upgrade.refusal().status() + " " + upgrade.refusalBody());
    } else if (webSocket != null) {
      seen.add("new websocket " + upgrade.channel().ending());
    } else {
      webSocket = upgrade.channel();
    }
  }

  void frame(EnginePacket packet) {
    if (packet instanceof EnginePacket.Binary(byte[] bytes)) {
      onWebSocket(channel -> channel.events().onBinary(bytes));
    } else {
      text(
          new String(
              io.realtime.socketio.protocol.engineio.EngineCodecV4.encodeText(packet), UTF_8));
    }
  }

  void text(String frame) {
    onWebSocket(channel -> channel.events().onText(frame));
  }

  void endWebSocket() {
    onWebSocket(channel -> channel.events().onClose(1006));
  }

  private void onWebSocket(java.util.function.Consumer<RecordingChannel> action) {
    RecordingChannel channel = webSocket;
    if (channel != null) {
      loops.in(0, () -> action.accept(channel));
    }
  }

  void send() {
    loops.in(0, () -> session().outlet().send(WirePacket.text("4x".getBytes(UTF_8))));
  }

  void sendTooMuch() {
    loops.in(
        0,
        () -> {
          for (int i = 0; i < 5; i++) {
            session().outlet().send(WirePacket.text("4x".getBytes(UTF_8)));
          }
        });
  }

  void close(DisconnectReason reason) {
    loops.in(0, () -> session().close(reason));
  }

  void shutDown() {
    server.close();
    loops.run();
  }

  void pass(long millis) {
    loops.advanceMillis(millis);
  }

  private String target() {
    return Scene.polling(session().sid());
  }

  private RecordingExchange noted(RecordingExchange exchange) {
    seen.add(exchange.answered() ? answer(exchange) : "waits");
    return exchange;
  }

  private static String answer(RecordingExchange exchange) {
    return (exchange.status() + " " + exchange.body()).strip();
  }

  @Override
  public BodyReceiver onHead(HttpRequest head, HttpExchange exchange) {
    return server.onHead(head, exchange);
  }

  @Override
  public void onUpgrade(HttpRequest request, UpgradeExchange exchange) {
    server.onUpgrade(request, exchange);
  }
}
