package io.realtime.verification.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.socketio.protocol.socketio.JsonPacketParser;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.emitter.Emitter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java client of the Socket.IO project. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockJavaClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final StockServer server = new StockServer(new JsonPacketParser());

  @AfterAll
  void close() {
    server.close();
  }

  static Stream<List<String>> transports() {
    return Stream.of(List.of("polling"), List.of("websocket"), List.of("polling", "websocket"));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void client_json_getsAllThatNodeGivesIt(List<String> transports) throws Exception {
    IO.Options options =
        IO.Options.builder()
            .setTransports(transports.toArray(String[]::new))
            .setReconnectionDelay(50)
            .setReconnectionDelayMax(100)
            .build();
    Manager manager = new Manager(URI.create(server.url()), options);
    try {
      Socket main = connected(manager.socket("/"));

      assertThat(main.id()).hasSize(20);
      exchanges(main);
      asksAndAnswers(main);
      inAnotherNamespace(manager);
      refusals(manager);
      comesBack(main);
      isThrownOut(main);
    } finally {
      manager.socket("/").close();
    }
  }

  private static Socket connected(Socket socket) throws InterruptedException {
    BlockingQueue<Object[]> connects = heard(socket, Socket.EVENT_CONNECT);
    socket.open();
    next(connects);
    return socket;
  }

  private static void exchanges(Socket main) throws InterruptedException, JSONException {
    BlockingQueue<Object[]> echoes = heard(main, "echoed");
    BlockingQueue<Object[]> shouts = heard(main, "shouted");

    main.emit("echo", "h\u00e9llo \u20ac \ud834\udd1e", 1, new JSONObject(Map.of("a", true)));
    Object[] text = next(echoes);
    main.emit("echo", new byte[] {1, 2, 3}, new byte[100_000]);
    Object[] bytes = next(echoes);
    main.emit("shout");
    Object[] shout = next(shouts);

    assertThat(text[0]).isEqualTo("h\u00e9llo \u20ac \ud834\udd1e");
    assertThat(text[1]).isEqualTo(1);
    assertThat(((JSONObject) text[2]).getBoolean("a")).isTrue();
    assertThat(bytes).containsExactly(new byte[] {1, 2, 3}, new byte[100_000]);
    assertThat(shout).containsExactly(new byte[] {4, 5, 6}, "all");
  }

  private static void asksAndAnswers(Socket main) throws InterruptedException {
    main.on("question", args -> ((Ack) args[1]).call(args[0], "known"));

    assertThat(ask(main, "ask", 7, new byte[] {8})).containsExactly(7, new byte[] {8});
    assertThat(ask(main, "question-me")).containsExactly(new byte[] {4, 5, 6}, "known");
  }

  private static void inAnotherNamespace(Manager manager)
      throws InterruptedException, JSONException {
    Socket custom = member(manager, "/custom");
    BlockingQueue<Object[]> auth = heard(custom, "auth");
    connected(custom);

    assertThat(((JSONObject) next(auth)[0]).getString("token")).isEqualTo("t-1");
    assertThat(ask(custom, "ask", "there")).containsExactly("there");
    custom.close();
  }

  private static void refusals(Manager manager) throws InterruptedException, JSONException {
    JSONObject refused = refusal(member(manager, "/closed"));
    JSONObject unknown = refusal(member(manager, "/nowhere"));

    assertThat(refused.getString("message")).isEqualTo("not for you");
    assertThat(refused.getJSONObject("data").getInt("code")).isEqualTo(42);
    assertThat(unknown.getString("message")).isEqualTo("Invalid namespace");
  }

  private static JSONObject refusal(Socket socket) throws InterruptedException {
    BlockingQueue<Object[]> errors = heard(socket, Socket.EVENT_CONNECT_ERROR);
    socket.open();
    return (JSONObject) next(errors)[0];
  }

  private static void comesBack(Socket main) throws InterruptedException {
    BlockingQueue<Object[]> ends = heard(main, Socket.EVENT_DISCONNECT);
    BlockingQueue<Object[]> connects = heard(main, Socket.EVENT_CONNECT);
    String before = main.id();

    ask(main, "cut-me");

    // by WebSocket this client neither answers a close frame nor reads on: its heartbeat has to end
    assertThat(next(ends)[0]).isIn("transport close", "ping timeout");
    next(connects);
    assertThat(main.id()).isNotEqualTo(before);
    assertThat(ask(main, "ask", "again")).containsExactly("again");
  }

  private static void isThrownOut(Socket main) throws InterruptedException {
    BlockingQueue<Object[]> ends = heard(main, Socket.EVENT_DISCONNECT);

    main.emit("throw-me-out");

    assertThat(next(ends)[0]).isEqualTo("io server disconnect");
    await().atMost(PATIENCE).until(() -> !main.connected());
  }

  private static Socket member(Manager manager, String namespace) {
    return manager.socket(namespace, IO.Options.builder().setAuth(Map.of("token", "t-1")).build());
  }

  private static BlockingQueue<Object[]> heard(Emitter emitter, String event) {
    BlockingQueue<Object[]> heard = new LinkedBlockingQueue<>();
    emitter.on(event, heard::add);
    return heard;
  }

  private static Object[] ask(Socket socket, String event, Object... arguments)
      throws InterruptedException {
    BlockingQueue<Object[]> answers = new LinkedBlockingQueue<>();
    socket.emit(event, arguments, (Ack) answers::add);
    return next(answers);
  }

  private static Object[] next(BlockingQueue<Object[]> heard) throws InterruptedException {
    Object[] next = heard.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("nothing within " + PATIENCE);
    }
    return next;
  }
}
