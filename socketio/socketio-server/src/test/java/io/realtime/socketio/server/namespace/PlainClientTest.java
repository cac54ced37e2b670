package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.PlainProtocol;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.RecordingUpgrade;
import io.realtime.socketio.server.testing.Scene;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PlainClientTest {
  private final Scene scene =
      Scene.settings()
          .heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(20))
          .outbound(1_000_000, 5, Duration.ofSeconds(10))
          .plain(new PlainRoute(Set.of("/", "/ws"), "/", new Words()))
          .scene();
  private final Namespace main = scene.core.of("/");
  private final List<Socket> sockets = new ArrayList<>();
  private final List<DisconnectReason> ends = new ArrayList<>();
  private final List<Long> proven = new ArrayList<>();

  PlainClientTest() {
    main.onConnection(
        socket -> {
          sockets.add(socket);
          socket.onDisconnect(ends::add);
          socket.onProven(proven::add);
          socket.on("echo", event -> socket.emit("echoed", event.arguments().toArray()));
          socket.on("ask", event -> event.ack().send("answer"));
        });
  }

  /** {@code event argument... [#ackId]}. */
  private static final class Words implements PlainProtocol {
    private final AtomicInteger encodings = new AtomicInteger();

    @Override
    public String name() {
      return "words";
    }

    @Override
    public byte[] encode(List<@Nullable Object> event) {
      encodings.incrementAndGet();
      if ("unsayable".equals(event.getFirst())) {
        throw new IllegalArgumentException("planted");
      }
      return join(event);
    }

    @Override
    public byte[] encodeAck(String ackId, List<@Nullable Object> arguments) {
      return ("#" + ackId + " " + new String(join(arguments), StandardCharsets.UTF_8))
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] encodeRefusal(String message, Map<String, @Nullable Object> payload) {
      return ("refused: " + message + " " + payload).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Decoded decode(String frame) {
      if (frame.isEmpty()) {
        throw new MalformedPacketException("event: missing");
      }
      List<String> words = new ArrayList<>(List.of(frame.split(" ")));
      Optional<String> ackId = Optional.empty();
      if (words.getLast().startsWith("#")) {
        ackId = Optional.of(words.removeLast().substring(1));
      }
      return new Decoded(words.getFirst(), new ArrayList<>(words.subList(1, words.size())), ackId);
    }

    private static byte[] join(List<@Nullable Object> values) {
      return String.join(" ", values.stream().map(String::valueOf).toList())
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private RecordingChannel open() {
    return scene.listener.upgrade("/?userId=u1").channel();
  }

  @Test
  void open_isASocketOfTheNamespaceWithItsRequest() {
    open();

    Socket socket = sockets.getFirst();
    assertThat(socket.transport()).isEqualTo(TransportName.PLAIN_WEBSOCKET);
    assertThat(socket.handshake().request().queryFirst("userId")).contains("u1");
    assertThat(socket.handshake().auth()).isEmpty();
    assertThat(scene.core.stats().connections()).containsEntry(TransportName.PLAIN_WEBSOCKET, 1L);
  }

  @Test
  void events_goBothWaysInTheProtocolsForm() {
    RecordingChannel client = open();

    scene.text(client, 0, "echo a b");
    scene.text(client, 0, "ask #q7");

    assertThat(client.take()).containsExactly("echoed a b", "#q7 answer");
  }

  @Test
  void broadcast_reachesBothKindsEachInItsForm() {
    RecordingChannel plain = open();
    RecordingChannel other = scene.listener.upgrade("/ws").channel();
    RecordingChannel stock = scene.connectWebSocket(0);

    scene.loops.in(0, () -> main.emit("news", "x"));

    assertThat(plain.take()).containsExactly("news x");
    assertThat(stock.take()).containsExactly("42[\"news\",\"x\"]");
    assertThat(plain.frames().getLast()).isSameAs(other.frames().getLast());
  }

  @Test
  void broadcast_theProtocolCannotEncodeIt_isTriedAndLoggedOnceAndReachesTheOthers() {
    Words words = new Words();
    Scene two = Scene.settings().loops(2).plain(new PlainRoute(Set.of("/"), "/", words)).scene();
    List<RecordingChannel> plain = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      plain.add(two.listener.upgrade("/", i % 2).channel());
    }
    RecordingChannel stock = two.connectWebSocket(1);

    List<ILoggingEvent> logged =
        logOf(
            LocalBroadcast.class,
            () -> {
              two.core.of("/").emit("unsayable");
              two.loops.run();
            });

    assertThat(logged).hasSize(1);
    assertThat(words.encodings).hasValue(1);
    assertThat(stock.take()).containsExactly("42[\"unsayable\"]");
    assertThat(plain).allSatisfy(client -> assertThat(client.ending()).isEmpty());
  }

  @Test
  void emit_theProtocolCannotEncodeIt_isTheCallersError() {
    open();

    assertThatThrownBy(() -> sockets.getFirst().emit("unsayable"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<ILoggingEvent> logOf(Class<?> source, Runnable action) {
    Logger logger = (Logger) LoggerFactory.getLogger(source);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    try {
      action.run();
    } finally {
      logger.detachAppender(appender);
    }
    return appender.list;
  }

  @Test
  void refused_isToldWhyThenClosedWith1008() {
    main.use(
        socket -> CompletableFuture.failedFuture(new ConnectRefused("no", Map.of("code", "X"))));

    RecordingChannel client = open();

    assertThat(client.take()).containsExactly("refused: no {code=X}");
    assertThat(client.ending()).startsWith("close 1008");
    assertThat(sockets).isEmpty();
  }

  @Test
  void malformedFrame_isToldWhyThenClosedWith1008() {
    RecordingChannel client = open();

    scene.text(client, 0, "");

    assertThat(client.take()).containsExactly("refused: event: missing {code=MALFORMED_FRAME}");
    assertThat(client.ending()).startsWith("close 1008");
    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
  }

  @Test
  void binaryFrame_isToldWhyThenClosed() {
    RecordingChannel client = open();

    scene.loops.in(0, () -> client.events().onBinary(new byte[] {1}));

    assertThat(client.take()).singleElement().asString().contains("expected: a text frame");
    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
  }

  @Test
  void middlewareThinks_framesWaitAndAreHandledInOrder() {
    CompletableFuture<Void> verdict = new CompletableFuture<>();
    main.use(socket -> verdict);
    RecordingChannel client = open();
    scene.text(client, 0, "echo 1");
    scene.text(client, 0, "echo 2");
    assertThat(client.take()).isEmpty();

    verdict.complete(null);
    scene.loops.run();

    assertThat(client.take()).containsExactly("echoed 1", "echoed 2");
  }

  @Test
  void middlewareThinks_framesAtTheBoundWait_onePastItCloses() {
    main.use(socket -> new CompletableFuture<>());
    RecordingChannel client = open();
    for (int i = 0; i < PlainClient.MAX_EARLY_FRAMES; i++) {
      scene.text(client, 0, "x");
    }
    assertThat(client.ending()).isEmpty();

    scene.text(client, 0, "x");

    assertThat(client.ending()).startsWith("close 1008");
  }

  @Test
  void middlewareThinks_charactersAtTheBoundWait_onePastItCloses() {
    main.use(socket -> new CompletableFuture<>());
    RecordingChannel client = open();
    scene.text(client, 0, "x".repeat(PlainClient.MAX_EARLY_CHARACTERS));
    assertThat(client.ending()).isEmpty();

    scene.text(client, 0, "x");

    assertThat(client.ending()).startsWith("close 1008");
  }

  @Test
  void middlewareNeverDecides_connectTimeoutCloses() {
    main.use(socket -> new CompletableFuture<>());
    RecordingChannel client = scene.listener.upgrade("/").channel();
    scene.loops.advanceMillis(30_000);
    scene.loops.in(0, () -> client.events().onPong(client.pings().getLast()));
    scene.loops.advanceMillis(15_011);

    assertThat(client.ending()).startsWith("close 1008");
  }

  @Test
  void mark_isProvenByThePongThatCarriesThePingsPayload() {
    RecordingChannel client = open();
    scene.loops.in(0, () -> sockets.getFirst().emit(Message.of("e"), 5));
    assertThat(client.take()).containsExactly("e", "ping");

    scene.loops.in(0, () -> client.events().onPong(new byte[] {9}));
    assertThat(proven).isEmpty();
    scene.loops.in(0, () -> client.events().onPong(client.pings().getLast()));

    assertThat(proven).containsExactly(5L);
  }

  @Test
  void heartbeat_pongKeepsItOpen_silenceEndsIt() {
    RecordingChannel client = open();
    scene.loops.advanceMillis(25_010);
    assertThat(client.pings()).hasSize(1);
    scene.loops.in(0, () -> client.events().onPong(client.pings().getLast()));

    scene.loops.advanceMillis(25_010);
    scene.loops.advanceMillis(20_010);

    assertThat(ends).containsExactly(DisconnectReason.PING_TIMEOUT);
    assertThat(client.ending()).startsWith("close 1013");
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void notWritable_packetsAtTheBound_onePastItIsASlowConsumer() {
    RecordingChannel client = open();
    scene.loops.in(0, () -> client.setWritable(false));
    for (int i = 0; i < 5; i++) {
      scene.loops.in(0, () -> sockets.getFirst().emit("e"));
    }
    assertThat(ends).isEmpty();

    scene.loops.in(0, () -> sockets.getFirst().emit("e"));

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
    assertThat(client.ending()).isEqualTo("abort");
  }

  @Test
  void notWritable_oldestAtItsAge_isASlowConsumer_onceMoreForEachThatWaits() {
    RecordingChannel client = open();
    for (int time = 0; time < 2; time++) {
      scene.loops.in(0, () -> client.setWritable(false));
      scene.loops.in(0, () -> sockets.getFirst().emit("e"));
      scene.loops.advanceMillis(9_900);
      assertThat(ends).isEmpty();
      scene.loops.in(0, () -> client.setWritable(true));
    }
    scene.loops.in(0, () -> client.setWritable(false));
    scene.loops.in(0, () -> sockets.getFirst().emit("e"));

    scene.loops.advanceMillis(10_100);

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
    assertThat(client.ending()).isEqualTo("abort");
  }

  @Test
  void pastTheBound_volatileEventOfTheSameTurn_isCountedAsDropped() {
    RecordingChannel client = open();
    scene.loops.in(0, () -> client.setWritable(false));

    scene.loops.in(
        0,
        () -> {
          for (int i = 0; i < 6; i++) {
            sockets.getFirst().emit("e");
          }
          sockets.getFirst().volatileOnly().emit("v");
        });

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
    assertThat(scene.core.stats().volatileDropped()).isOne();
  }

  @Test
  void clientCloses_orServerDisconnects_endsOnce() {
    RecordingChannel first = open();
    RecordingChannel second = open();

    scene.loops.in(0, () -> first.events().onClose(1000));
    sockets.getLast().disconnect(false);
    scene.loops.run();

    assertThat(ends)
        .containsExactly(
            DisconnectReason.TRANSPORT_CLOSE, DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    assertThat(second.ending()).startsWith("close 1008");
    assertThat(scene.core.connectionCount()).isZero();
  }

  @Test
  void serverCloses_goesAway() {
    RecordingChannel client = open();

    scene.core.close();
    scene.loops.run();

    assertThat(client.ending()).isEqualTo("close 1001 server shutting down");
    assertThat(scene.listener.upgrade("/").refusal().status()).isEqualTo(503);
  }

  @Test
  void serverCloses_webSocketIsBeingAccepted_goesAwayToo() {
    RecordingUpgrade upgrade = scene.listener.sendUpgrade("/", 0);
    scene.loops.loop(0).execute(() -> scene.core.close()); // before the channel opens
    scene.loops.run();

    assertThat(upgrade.channel().ending()).isEqualTo("close 1001 server shutting down");
    assertThat(ends).containsExactly(DisconnectReason.SERVER_SHUTTING_DOWN);
    assertThat(scene.core.connectionCount()).isZero();
  }

  @Test
  void emitWithAck_isNotSupported() {
    open();

    assertThatThrownBy(() -> sockets.getFirst().emitWithAck(Duration.ofSeconds(1), "q"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
