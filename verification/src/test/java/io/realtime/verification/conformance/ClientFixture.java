package io.realtime.verification.conformance;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.netty.TransportChoice;
import io.realtime.socketio.server.api.Admission;
import io.realtime.socketio.server.api.ClientEvent;
import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.verification.conformance.FixtureMain.Started;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server that the tests of the stock client ask for. What a test expects of an event's
 * arguments is judged here: the answer stays away when it is not met.
 */
final class ClientFixture {
  private static final byte[] BYTES = "asdfasdf".getBytes(StandardCharsets.UTF_8);
  private static final List<String> TEXTS =
      List.of("てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string");

  private static final ServerOptions OPTIONS =
      ServerOptions.builder()
          .heartbeat(Duration.ofSeconds(2), Duration.ofSeconds(20))
          .connectionStateRecovery(ConnectionStateRecovery.inMemory())
          .build();

  /** For the tests of the client's own timeout. */
  private static final Executor LATE = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);

  private ClientFixture() {}

  static Started start(int port, TransportChoice transport) throws BindException {
    NettySocketIoServer server =
        NettySocketIoServer.builder()
            .host("127.0.0.1")
            .port(port)
            .transport(transport)
            .options(OPTIONS)
            .admission(ClientFixture::admitLate)
            .build();
    server.of("/foo").onConnection(ClientFixture::answersId);
    List.of("/timeout_socket", "/valid", "/asd").forEach(server::of);
    server.of("/abc").onConnection(socket -> socket.emit("handshake", socket.handshake().toMap()));
    server
        .of("/no")
        .use(
            socket ->
                CompletableFuture.failedStage(
                    new ConnectRefused("Auth failed (custom namespace)")));
    server.use(
        socket ->
            socket.handshake().query().containsKey("fail")
                ? CompletableFuture.failedStage(new ConnectRefused("Auth failed (main namespace)"))
                : CompletableFuture.completedStage(null));
    server.onConnection(
        socket -> {
          answersId(socket);
          talks(socket);
          takesBytes(socket);
        });
    server.start();
    return new Started(server.port(), server.transportName());
  }

  private static CompletionStage<Admission.Decision> admitLate(HttpRequest request) {
    return CompletableFuture.supplyAsync(() -> Admission.Decision.ADMIT, LATE);
  }

  private static void answersId(Socket socket) {
    socket.on("getId", event -> event.ack().send(socket.id()));
  }

  private static void talks(Socket socket) {
    socket.on("hi", event -> socket.emit("hi"));
    socket.on("echo", event -> event.ack().send(first(event)));
    socket.on("ack", event -> asks(socket));
    socket.on("getAckDate", event -> event.ack().send(now()));
    socket.on("getDate", event -> socket.emit("takeDate", now()));
    socket.on("getDateObj", event -> socket.emit("takeDateObj", Map.of("date", now())));
    socket.on("getUtf8", event -> TEXTS.forEach(text -> socket.emit("takeUtf8", text)));
    socket.on("false", event -> socket.emit("false", false));
    socket.on("getHandshake", event -> event.ack().send(socket.handshake().toMap()));
  }

  private static void asks(Socket socket) {
    socket
        .emitWithAck("ack")
        .thenAccept(
            answer -> {
              if (answer.equals(List.of(5, Map.of("test", true)))) {
                socket.emit("got it");
              }
            });
  }

  private static void takesBytes(Socket socket) {
    socket.on("doge", event -> socket.emit("doge", BYTES));
    socket.on("getbin", event -> socket.emit("takebin", BYTES));
    answersBytes(socket, "buffa", "buffack");
    answersBytes(socket, "blob", "back");
    answersMixed(socket, "jsonbuff", "jsonbuff-ack");
    answersMixed(socket, "jsonblob", "jsonblob-ack");
    Set<String> received = new HashSet<>();
    answersInOrder(socket, received, "abuff1", "", "");
    answersInOrder(socket, received, "abuff2", "abuff1", "abuff2-ack");
    answersInOrder(socket, received, "blob1", "", "");
    answersInOrder(socket, received, "blob2", "blob1", "");
    answersInOrder(socket, received, "blob3", "blob2", "blob3-ack");
  }

  private static void answersBytes(Socket socket, String event, String answer) {
    socket.on(
        event,
        said -> {
          if (first(said) instanceof byte[]) {
            socket.emit(answer);
          }
        });
  }

  private static void answersMixed(Socket socket, String event, String answer) {
    socket.on(
        event,
        said -> {
          if (first(said) instanceof Map<?, ?> object
              && "lol".equals(object.get("hello"))
              && object.get("message") instanceof byte[]
              && "gotcha".equals(object.get("goodbye"))) {
            socket.emit(answer);
          }
        });
  }

  /** Bytes, or the text that the test sends between them, behind {@code before}. */
  private static void answersInOrder(
      Socket socket, Set<String> received, String event, String before, String answer) {
    socket.on(
        event,
        said -> {
          boolean asExpected = first(said) instanceof byte[] || first(said) instanceof String;
          if (asExpected && (before.isEmpty() || received.contains(before))) {
            received.add(event);
            if (!answer.isEmpty()) {
              socket.emit(answer);
            }
          }
        });
  }

  private static @Nullable Object first(ClientEvent event) {
    return event.arguments().isEmpty() ? null : event.arguments().getFirst();
  }

  /** As JSON has a JavaScript date. */
  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
