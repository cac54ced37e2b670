package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is refused, and every bound at its limit and one past it. */
final class HttpAbuseTest extends ListenerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /?a=%C3%28 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
        "get / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "\u0001GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\n folded: 1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX\u0000: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\na\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;\r\na\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0;a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1 \r\na\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n80000000\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100000000\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\ncccccccccccccccc\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\rcccccccccccccccc\n0\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a=\u0001\r\na\r\n0\r\n\r\n"
      })
  void malformedRequest_isAnswered400_andTheConnectionEnds(String request) throws IOException {
    try (RawClient client = client().send(request)) {
      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(client.ended()).isTrue();
    }
    assertThat(dispatch.requests).isEmpty();
    try (RawClient other = client().get("/still")) {
      assertThat(other.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void foldedHeader_cutBetweenReads_isRefused() throws IOException {
    try (RawClient client = client().send("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n")) {
      await().until(() -> listener.connectionCount() == 1);
      assertThat(client.send("\tfolded\r\n\r\n").answer().status()).isEqualTo(400);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void unknownVersion_isAnswered505() throws IOException {
    try (RawClient client = client().send("GET / HTTP/1.2\r\nHost: a\r\n\r\n")) {
      assertThat(client.answer().status()).isEqualTo(505);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void unknownExpectation_isAnswered417() throws IOException {
    try (RawClient client = client().get("/", "Expect: coffee")) {
      assertThat(client.answer().status()).isEqualTo(417);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void requestLine_atTheLimit_isServed_andOnePast_is414() throws IOException {
    int room = LINE_LIMIT - "GET /?".length() - " HTTP/1.1".length();
    try (RawClient client = client()) {
      assertThat(client.get("/?" + "a".repeat(room)).answer().status()).isEqualTo(200);
      assertThat(client.get("/?" + "a".repeat(room + 1)).answer().status()).isEqualTo(414);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void headers_atTheLimit_areServed_andOnePast_is431() throws IOException {
    int room = HEADER_LIMIT - "Host: test".length() - "X: ".length();
    try (RawClient client = client()) {
      assertThat(client.get("/", "X: " + "a".repeat(room)).answer().status()).isEqualTo(200);
      assertThat(client.get("/", "X: " + "a".repeat(room + 1)).answer().status()).isEqualTo(431);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void headerFields_atTheLimit_areServed_andOnePast_is431() throws IOException {
    int besidesHost = 99;
    String fields = "X: 1\r\n".repeat(besidesHost);
    try (RawClient client = client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n" + fields + "\r\n");
      assertThat(client.answer().status()).isEqualTo(431);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void body_atTheLimit_isServed_andOnePastByItsLength_is413AtOnce() throws IOException {
    int limit = TestDispatch.BODY_LIMIT;
    try (RawClient client = client()) {
      client.send(RawClient.request("POST", "/", "Content-Length: " + limit) + "b".repeat(limit));
      assertThat(client.answer().status()).isEqualTo(200);
      client.send(RawClient.request("POST", "/", "Content-Length: " + (limit + 1)));
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.ended()).isTrue();
    }
    assertThat(dispatch.requests).hasSize(1);
  }

  @Test
  void chunkedBody_atTheLimit_isServed_andOnePast_is413() throws IOException {
    String head = RawClient.request("POST", "/", "Transfer-Encoding: chunked");
    String full = "3e8\r\n" + "b".repeat(TestDispatch.BODY_LIMIT) + "\r\n";
    try (RawClient client = client()) {
      assertThat(client.send(head + full + "0\r\n\r\n").answer().status()).isEqualTo(200);
      assertThat(client.send(head + full + "1\r\nb\r\n").answer().status()).isEqualTo(413);
      assertThat(client.ended()).isTrue();
    }
    assertThat(dispatch.requests).hasSize(1);
  }

  @Test
  void bodyTooLarge_isAnsweredByTheApplication_andItsRequestIsNotAborted() throws IOException {
    AtomicInteger aborts = new AtomicInteger();
    BiFunction<HttpRequest, HttpExchange, BodyReceiver> whole = dispatch.onHead;
    dispatch.onHead =
        (head, exchange) -> {
          exchange.onAbort(aborts::incrementAndGet);
          return whole.apply(head, exchange);
        };
    String head = RawClient.request("POST", "/", "Transfer-Encoding: chunked");
    String full = "3e8\r\n" + "b".repeat(TestDispatch.BODY_LIMIT) + "\r\n";
    try (RawClient client = client().send(head + full + "1\r\nb\r\n")) {
      assertThat(client.answer().headers()).containsEntry("x-too-large", "yes");
      assertThat(client.ended()).isTrue();
    }
    await().until(() -> listener.connectionCount() == 0);
    assertThat(aborts).hasValue(0);
  }

  @Test
  void answerBeforeTheBody_isSentAtOnce_andAShortBodyKeepsTheConnection() throws IOException {
    BiFunction<HttpRequest, HttpExchange, BodyReceiver> whole = dispatch.onHead;
    dispatch.onHead =
        (head, exchange) -> {
          if (head.path().equals("/early")) {
            exchange.reply(HttpReply.text(400, "early"));
          }
          return whole.apply(head, exchange);
        };
    try (RawClient client = client()) {
      client.send(RawClient.request("POST", "/early", "Content-Length: 3"));
      assertThat(client.answer().body()).isEqualTo("early");
      client.send("abc").get("/next");
      assertThat(client.answer().body()).isEqualTo("GET /next ");
      client.send(RawClient.request("POST", "/early", "Content-Length: 100000"));
      assertThat(client.answer().body()).isEqualTo("early");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void refusedBody_stillBeingSent_leavesTheAnswerReadable() throws IOException {
    int tenMegabytes = 10_000_000;
    try (RawClient client = client()) {
      client.send(RawClient.request("POST", "/", "Content-Length: " + tenMegabytes));
      client.send("b".repeat(100_000));
      assertThat(client.answer().status()).isEqualTo(413);
    }
  }

  @Test
  void connections_atTheLimit_areServed_andOnePast_is503() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTION_LIMIT; i++) {
        clients.add(client());
        assertThat(clients.getLast().get("/").answer().status()).isEqualTo(200);
      }
      try (RawClient excess = client()) {
        assertThat(excess.answer().status()).isEqualTo(503);
        assertThat(excess.ended()).isTrue();
      }
      assertThat(clients.getFirst().get("/").answer().status()).isEqualTo(200);
      clients.removeLast().close();
      await().until(() -> listener.connectionCount() == CONNECTION_LIMIT - 1);
      try (RawClient again = client().get("/")) {
        assertThat(again.answer().status()).isEqualTo(200);
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void webSocketVersion_other_isAnswered426() throws IOException {
    try (RawClient client = client()) {
      client.get(
          "/",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 8",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(426);
      assertThat(answer.headers()).containsEntry("sec-websocket-version", "13");
      assertThat(client.ended()).isTrue();
    }
    assertThat(dispatch.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c2hvcnQ=", "dGhlIHNhbXBsZSBub25jZQ!=", "dGhlIHNhbXBsZSBub25jZQ"})
  void webSocketKey_missingOrMalformed_isAnswered400(String key) throws IOException {
    try (RawClient client = client()) {
      client.get(
          "/",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          key.isEmpty() ? "X-None: 1" : "Sec-WebSocket-Key: " + key);
      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(client.ended()).isTrue();
    }
    assertThat(dispatch.requests).isEmpty();
  }

  @Test
  void upgrade_withABody_isAnswered400() throws IOException {
    try (RawClient client = client().sendUpgrade("/", "Content-Length: 1000000000")) {
      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(client.ended()).isTrue();
    }
    assertThat(dispatch.requests).isEmpty();
  }
}
