package io.realtime.socketio.netty;

import static org.awaitility.Awaitility.await;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.transport.Frame;
import io.realtime.socketio.server.transport.Loop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener that takes every WebSocket and sends back what it says. */
abstract class WebSocketScene extends ListenerTest {
  static final int MESSAGE_LIMIT = 70_000;
  static final int MESSAGE_DEADLINE_MILLIS = 600;

  final Queue<TestWebSocket> opened = new ConcurrentLinkedQueue<>();

  /** Every WebSocket lives on loop 0, so about half of them move. */
  void acceptOnLoopZero() {
    dispatch.onUpgrade = (request, exchange) -> accept(exchange);
  }

  void accept(UpgradeExchange exchange) {
    Loop home = loops.loops().getFirst();
    TestWebSocket socket = new TestWebSocket(home);
    socket.onText =
        text -> {
          socket.channel().write(textFrame(text));
          socket.channel().flush();
        };
    opened.add(socket);
    exchange.accept(
        home,
        HttpHeaders.of("x-hook", "1"),
        TestWebSocket.limits(MESSAGE_LIMIT, MESSAGE_DEADLINE_MILLIS),
        socket);
  }

  static Frame textFrame(String text) {
    return new Frame(false, text.getBytes(StandardCharsets.UTF_8));
  }

  RawClient open() throws IOException {
    acceptOnLoopZero();
    return client().upgrade("/ws?token=x");
  }

  TestWebSocket onlySocket() {
    await().until(() -> !opened.isEmpty());
    return opened.peek();
  }
}
