package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.socketio.netty.http.HttpLimits;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clients that are slow, and streams. */
final class HttpDeadlinesTest extends ListenerTest {
  private static final int PIECE = 64 * 1024;

  @Override
  ListenerOptions options() {
    return super.options()
        .withHttp(new HttpLimits(LINE_LIMIT, HEADER_LIMIT, SHORT, SHORT, SHORT, SHORT, 8));
  }

  @Test
  void silentConnection_isClosed() throws IOException {
    try (RawClient client = client()) {
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void drippingHead_isClosedAtItsTotalTime() throws IOException {
    try (RawClient client = client()) {
      Thread.ofVirtual().start(() -> drip(client));
      assertThat(client.ended()).isTrue();
    }
    assertThat(dispatch.requests).isEmpty();
  }

  /** A byte every 20 ms: never idle for long, and not done before the deadline. */
  private static void drip(RawClient client) {
    String request = RawClient.request("GET", "/", "X: " + "a".repeat(900));
    try {
      for (byte b : request.getBytes(StandardCharsets.US_ASCII)) {
        client.send(new byte[] {b});
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException cut) {
      assertThat(cut).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void unfinishedBody_isAnswered408() throws IOException {
    try (RawClient client =
        client().send(RawClient.request("POST", "/", "Content-Length: 5") + "a")) {
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void idleConnection_isClosed_andOneThatIsServedIsNot() throws IOException {
    Queue<HttpExchange> held = new ConcurrentLinkedQueue<>();
    try (RawClient idle = client();
        RawClient busy = client()) {
      assertThat(idle.get("/").answer().status()).isEqualTo(200);
      dispatch.onRequest = (request, exchange) -> held.add(exchange);
      busy.get("/slow");
      await().until(() -> !held.isEmpty());
      assertThat(idle.ended()).isTrue();
      assertThat(idle.ended()).isTrue();
      held.remove().reply(HttpReply.text(200, "late but fine"));
      assertThat(busy.answer().body()).isEqualTo("late but fine");
    }
  }

  @Test
  void unreadAnswer_isCutAtTheWriteDeadline() throws IOException {
    AtomicInteger aborted = new AtomicInteger();
    dispatch.onRequest =
        (request, exchange) -> {
          exchange.onAbort(aborted::incrementAndGet);
          exchange.reply(HttpReply.of(200, "application/octet-stream", new byte[30_000_000]));
        };
    try (RawClient client = client().get("/")) {
      await().until(() -> aborted.get() == 1);
      assertThat(listener.connectionCount()).isZero();
      assertThat(client.socket().isClosed()).isFalse();
    }
  }

  @Test
  void stream_pieces_arriveAsTheyAreWritten_andEndTheConnection() throws IOException {
    Queue<HttpStream> streams = new ConcurrentLinkedQueue<>();
    Queue<HttpExchange> exchanges = new ConcurrentLinkedQueue<>();
    dispatch.onRequest =
        (request, exchange) -> {
          HttpStream stream = exchange.stream(200, HttpHeaders.of("content-type", "text/plain"));
          stream.write("first".getBytes(StandardCharsets.US_ASCII));
          exchanges.add(exchange);
          streams.add(stream);
        };
    try (RawClient client = client().get("/")) {
      RawClient.Answer head = client.answer(false);
      assertThat(head.headers()).containsEntry("transfer-encoding", "chunked");
      assertThat(head.headers()).containsEntry("connection", "close");
      assertThat(client.line()).isEqualTo("5");
      assertThat(client.line()).isEqualTo("first");
      HttpStream stream = streams.remove();
      exchanges
          .remove()
          .loop()
          .execute(
              () -> {
                stream.write("second".getBytes(StandardCharsets.US_ASCII));
                stream.end();
                stream.write("never".getBytes(StandardCharsets.US_ASCII));
              });
      assertThat(client.rest()).isEqualTo("6\r\nsecond\r\n0\r\n\r\n");
    }
  }

  @Test
  void stream_toHttp10_isPlain() throws IOException {
    dispatch.onRequest =
        (request, exchange) -> {
          HttpStream stream = exchange.stream(200, HttpHeaders.empty());
          stream.write("plain".getBytes(StandardCharsets.US_ASCII));
          stream.end();
        };
    try (RawClient client = client().send("GET / HTTP/1.0\r\n\r\n")) {
      assertThat(client.answer(false).headers()).doesNotContainKey("transfer-encoding");
      assertThat(client.rest()).isEqualTo("plain");
    }
  }

  @Test
  void stream_slowReader_stopsTheWriter_andGoesOnLater() throws IOException {
    int total = 400;
    AtomicInteger written = new AtomicInteger();
    AtomicInteger pauses = new AtomicInteger();
    dispatch.onRequest =
        (request, exchange) -> {
          HttpStream stream = exchange.stream(200, HttpHeaders.empty());
          pump(stream, written, pauses, total);
        };
    try (RawClient client = client().send("GET / HTTP/1.0\r\n\r\n")) {
      client.answer(false);
      await().until(() -> pauses.get() > 0);
      assertThat(written.get()).isLessThan(total);
      assertThat(client.rest()).hasSize(total * PIECE);
    }
  }

  private static void pump(
      HttpStream stream, AtomicInteger written, AtomicInteger pauses, int total) {
    while (written.get() < total) {
      if (!stream.writable(() -> pump(stream, written, pauses, total))) {
        pauses.incrementAndGet();
        return;
      }
      stream.write(new byte[PIECE]);
      written.incrementAndGet();
    }
    stream.end();
  }

  @Test
  void drain_endsIdleConnections_andMakesAnswersTheLast() throws IOException {
    Queue<HttpExchange> held = new ConcurrentLinkedQueue<>();
    try (RawClient idle = client();
        RawClient busy = client()) {
      assertThat(idle.get("/").answer().status()).isEqualTo(200);
      dispatch.onRequest = (request, exchange) -> held.add(exchange);
      busy.get("/");
      await().until(() -> !held.isEmpty());
      listener.drain();
      assertThat(idle.ended()).isTrue();
      loops.loops().forEach(loop -> loop.execute(() -> {}));
      held.remove().reply(HttpReply.text(200, "bye"));
      assertThat(busy.answer().headers()).containsEntry("connection", "close");
      assertThat(busy.ended()).isTrue();
      listener.whenEmpty().toCompletableFuture().join();
    }
  }
}
