package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.socketio.netty.RawClient.Answer;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a well-behaved client sees. */
final class HttpRequestsTest extends ListenerTest {

  @Test
  void persistentConnection_severalRequests_areAnswered() throws IOException {
    try (RawClient client = client()) {
      assertThat(client.get("/a").answer().body()).isEqualTo("GET /a ");
      Answer second =
          client.send(RawClient.request("POST", "/b", "Content-Length: 3") + "xyz").answer();
      assertThat(second.body()).isEqualTo("POST /b xyz");
      assertThat(second.headers())
          .containsEntry("content-length", "11")
          .containsKey("date")
          .doesNotContainKey("connection");
    }
  }

  @Test
  void request_withQuery_isDecoded() throws IOException {
    try (RawClient client = client()) {
      client.get("/p%20q/%C3%A9?a=1&a=%32&b=x+y%2B&c&=e&&d=", "X-Twice: 1", "x-twice: 2").answer();
    }
    HttpRequest request = dispatch.requests.remove();
    assertThat(request.path()).isEqualTo("/p q/é");
    assertThat(request.query()).containsEntry("a", List.of("1", "2"));
    assertThat(request.query()).containsEntry("b", List.of("x y+"));
    assertThat(request.query()).containsEntry("c", List.of(""));
    assertThat(request.query()).containsEntry("d", List.of(""));
    assertThat(request.headers().all("X-TWICE")).containsExactly("1", "2");
    assertThat(request.remote().getAddress().isLoopbackAddress()).isTrue();
    assertThat(request.secure()).isFalse();
  }

  @Test
  void pipelinedRequests_answeredLateByAnotherThread_keepTheirOrder() throws IOException {
    dispatch.onRequest =
        (request, exchange) ->
            Thread.ofVirtual().start(() -> exchange.reply(HttpReply.text(200, request.path())));
    StringBuilder all = new StringBuilder();
    int count = PIPELINE_LIMIT * 5;
    for (int i = 0; i < count; i++) {
      all.append(RawClient.request("GET", "/" + i));
    }
    List<String> answers = new ArrayList<>();
    try (RawClient client = client().send(all.toString())) {
      for (int i = 0; i < count; i++) {
        answers.add(client.answer().body());
      }
    }
    assertThat(answers).hasSize(count).startsWith("/0", "/1").endsWith("/" + (count - 1));
    assertThat(answers).isSortedAccordingTo((a, b) -> number(a) - number(b));
  }

  private static int number(String path) {
    return Integer.parseInt(path.substring(1));
  }

  @Test
  void pipelinedRequest_whileAnotherIsAnswered_waits() throws IOException {
    Queue<HttpExchange> held = new ConcurrentLinkedQueue<>();
    dispatch.onRequest = (request, exchange) -> held.add(exchange);
    try (RawClient client = client().get("/1").get("/2")) {
      await().until(() -> held.size() == 1);
      held.remove().reply(HttpReply.text(200, "one"));
      assertThat(client.answer().body()).isEqualTo("one");
      await().until(() -> held.size() == 1);
      held.remove().reply(HttpReply.text(200, "two"));
      assertThat(client.answer().body()).isEqualTo("two");
    }
  }

  @Test
  void head_answer_hasLengthAndNoBody() throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.send(RawClient.request("HEAD", "/a")).answer(false);
      assertThat(answer.headers()).containsEntry("content-length", "8");
      assertThat(client.get("/b").answer().body()).isEqualTo("GET /b ");
    }
  }

  @Test
  void noContent_answer_hasNoLength() throws IOException {
    dispatch.onRequest = (request, exchange) -> exchange.reply(HttpReply.empty(204));
    try (RawClient client = client()) {
      assertThat(client.get("/").answer().headers()).doesNotContainKey("content-length");
      assertThat(client.get("/").answer().status()).isEqualTo(204);
    }
  }

  @Test
  void expectContinue_acceptableBody_isInvited() throws IOException {
    try (RawClient client = client()) {
      client.send(RawClient.request("POST", "/", "Content-Length: 2", "Expect: 100-continue"));
      assertThat(client.answer(false).status()).isEqualTo(100);
      assertThat(client.send("ok").answer().body()).isEqualTo("POST / ok");
    }
  }

  @Test
  void expectContinue_bodyPastTheLimit_isRefusedWithoutInvitation() throws IOException {
    try (RawClient client = client()) {
      client.send(RawClient.request("POST", "/", "Content-Length: 1001", "Expect: 100-continue"));
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void chunkedBody_inPieces_arrivesWhole() throws IOException {
    try (RawClient client = client()) {
      client.send(RawClient.request("POST", "/", "Transfer-Encoding: chunked"));
      client.send("3\r\nabc\r\n").send("2\r\nde\r\n").send("0\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("POST / abcde");
      assertThat(client.get("/next").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void connectionClose_request_isTheLast() throws IOException {
    try (RawClient client = client().get("/", "Connection: close")) {
      assertThat(client.answer().headers()).containsEntry("connection", "close");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void http10_request_isAnsweredAndClosed() throws IOException {
    try (RawClient client = client().send("GET /old HTTP/1.0\r\n\r\n")) {
      assertThat(client.answer().body()).isEqualTo("GET /old ");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void closingReply_ends_theConnection() throws IOException {
    dispatch.onRequest = (request, exchange) -> exchange.reply(HttpReply.text(200, "x").closing());
    try (RawClient client = client().get("/")) {
      assertThat(client.answer().headers()).containsEntry("connection", "close");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void absoluteForm_target_isReduced() throws IOException {
    try (RawClient client = client()) {
      assertThat(client.get("http://test/x?y=1").answer().body()).isEqualTo("GET /x ");
      assertThat(client.get("HTTP://test?y=1").answer().body()).isEqualTo("GET / ");
    }
  }

  @Test
  void unknownUpgrade_isServedAsARequest() throws IOException {
    try (RawClient client = client().get("/u", "Upgrade: h2c", "Connection: Upgrade")) {
      assertThat(client.answer().body()).isEqualTo("GET /u ");
    }
  }

  @Test
  void pendingRequest_peerGone_isAbortedOnce() throws IOException {
    AtomicInteger aborted = new AtomicInteger();
    AtomicInteger inLoop = new AtomicInteger();
    Queue<HttpExchange> held = new ConcurrentLinkedQueue<>();
    dispatch.onRequest =
        (request, exchange) -> {
          exchange.onAbort(
              () -> {
                aborted.incrementAndGet();
                inLoop.addAndGet(exchange.loop().inLoop() ? 1 : 0);
              });
          held.add(exchange);
        };
    try (RawClient client = client().get("/")) {
      await().until(() -> !held.isEmpty());
      assertThat(aborted).hasValue(0);
      assertThat(client.socket().isConnected()).isTrue();
    }
    await().until(() -> aborted.get() == 1);
    assertThat(inLoop).hasValue(1);
    held.remove().reply(HttpReply.text(200, "late"));
    assertThat(aborted).hasValue(1);
  }

  @Test
  void abortAction_setAfterThePeerHasGone_runs() throws IOException {
    AtomicInteger aborted = new AtomicInteger();
    Queue<HttpExchange> held = new ConcurrentLinkedQueue<>();
    dispatch.onRequest = (request, exchange) -> held.add(exchange);
    try (RawClient client = client().get("/")) {
      await().until(() -> !held.isEmpty());
      client.socket().setSoLinger(true, 0);
    }
    await().until(() -> listener.connectionCount() == 0);
    held.remove().onAbort(aborted::incrementAndGet);
    await().until(() -> aborted.get() == 1);
  }

  @Test
  void answeredRequest_peerGone_isNotAborted() throws IOException {
    AtomicInteger aborted = new AtomicInteger();
    dispatch.onRequest =
        (request, exchange) -> {
          exchange.onAbort(aborted::incrementAndGet);
          exchange.reply(HttpReply.text(200, "done"));
        };
    try (RawClient client = client().get("/")) {
      assertThat(client.answer().status()).isEqualTo(200);
    }
    await().until(() -> listener.connectionCount() == 0);
    assertThat(aborted).hasValue(0);
  }

  @Test
  void failingHandler_answers500_andOthersGoOn() throws IOException {
    dispatch.onRequest =
        (request, exchange) -> {
          throw new IllegalStateException("planted");
        };
    try (RawClient client = client().get("/")) {
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).isEmpty();
    }
    dispatch.onRequest = (request, exchange) -> exchange.reply(HttpReply.text(200, "fine"));
    try (RawClient client = client().get("/")) {
      assertThat(client.answer().body()).isEqualTo("fine");
    }
  }

  @Test
  void replyHeader_withLineBreak_neverReachesTheWire() throws IOException {
    dispatch.onRequest =
        (request, exchange) ->
            exchange.reply(
                HttpReply.text(200, "x").withHeader("x-echo", "a\r\nset-cookie: evil=1"));
    try (RawClient client = client().get("/")) {
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }
  }

  @Test
  void reply_twice_isTheApplicationsError() throws IOException {
    Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    dispatch.onRequest =
        (request, exchange) -> {
          exchange.reply(HttpReply.text(200, "first"));
          try {
            exchange.stream(200, HttpHeaders.empty());
          } catch (IllegalStateException twice) {
            errors.add(twice);
          }
        };
    try (RawClient client = client().get("/")) {
      assertThat(client.answer().body()).isEqualTo("first");
    }
    assertThat(errors).hasSize(1);
  }
}
