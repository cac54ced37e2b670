package io.realtime.verification.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Goes once through what the suites go through, again and again for a while, so that a cold JVM is
 * not what their limits of half a second measure. Judges nothing.
 */
final class WarmUp {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Kind kind;
  private final boolean engineOnly;
  private final String address;
  private final HttpClient http = HttpClient.newHttpClient();

  WarmUp(int port, Kind kind) {
    this.kind = kind;
    this.engineOnly = kind == Kind.ENGINE;
    this.address =
        "127.0.0.1:" + port + (engineOnly ? "/engine.io/" : "/socket.io/") + "?EIO=4&transport=";
  }

  void run(Duration duration) throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() - end < 0) {
      pollingRound();
      webSocketRound();
    }
    http.close();
  }

  private void pollingRound() throws IOException, InterruptedException {
    String session = "polling&sid=" + sessionId(get("polling"));
    if (!engineOnly) {
      post(session, "40");
      get(session);
    }
    for (String message : new String[] {hello(), "bAQIDBA==", hello() + '\u001e' + hello()}) {
      if (engineOnly || !message.startsWith("b")) {
        post(session, message);
        get(session);
      }
    }
    post(session, "1");
    post("polling", "");
  }

  private void webSocketRound() throws Exception {
    String id = sessionId(get("polling"));
    Conversation conversation = new Conversation();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://" + address + "websocket&sid=" + id), conversation)
            .get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    conversation.say(socket, "2probe");
    socket.sendText("5", true).join();
    if (!engineOnly) {
      conversation.say(socket, "40{\"token\":\"warm\"}");
      conversation.say(socket, kind.question);
    }
    conversation.say(socket, hello());
    if (engineOnly) {
      socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
    } else {
      conversation.say(socket, kind.bytes, new byte[4]);
    }
    socket.sendText("1", true).join();
    conversation.closed.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
  }

  private String hello() {
    return kind.hello;
  }

  private static String sessionId(String open) {
    String key = "\"sid\":\"";
    int start = open.indexOf(key);
    if (start < 0) {
      throw new IllegalStateException("no session was opened: " + open);
    }
    start += key.length();
    return open.substring(start, open.indexOf('"', start));
  }

  private String get(String query) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder().GET(), query);
  }

  private void post(String query, String body) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), query);
  }

  private String send(HttpRequest.Builder request, String query)
      throws IOException, InterruptedException {
    return http.send(
            request.uri(URI.create("http://" + address + query)).timeout(ANSWER).build(),
            BodyHandlers.ofString())
        .body();
  }

  /** What a fixture answers to. */
  enum Kind {
    /** No Socket.IO behind Engine.IO. */
    ENGINE("4hello", "", ""),
    SOCKET(
        "42[\"message\",1,\"2\",{\"3\":[true]}]",
        "421[\"message-with-ack\",1,{\"2\":[true]}]",
        "451-[\"message\",{\"_placeholder\":true,\"num\":0}]"),
    CLIENT(
        "42[\"hi\"]",
        "421[\"echo\",{\"2\":[true]}]",
        "451-[\"buffa\",{\"_placeholder\":true,\"num\":0}]");

    private final String hello;
    private final String question;
    private final String bytes;

    /** What the fixture of that name answers to. */
    static Kind of(String fixture) {
      return fixture.startsWith("engine") ? ENGINE : valueOf(fixture.toUpperCase(Locale.ROOT));
    }

    Kind(String hello, String question, String bytes) {
      this.hello = hello;
      this.question = question;
      this.bytes = bytes;
    }
  }

  /** One side of a WebSocket: waits for something to come back before it says the next. */
  private static final class Conversation implements WebSocket.Listener {
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile CompletableFuture<Void> answered = new CompletableFuture<>();

    void say(WebSocket socket, String text, byte[]... attachments) throws Exception {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      answered = answer;
      socket.sendText(text, true).join();
      for (byte[] attachment : attachments) {
        socket.sendBinary(ByteBuffer.wrap(attachment), true).join();
      }
      CompletableFuture.anyOf(answer, closed).get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      socket.request(1);
      answered.complete(null);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      socket.request(1);
      answered.complete(null);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(null);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.complete(null);
    }
  }
}
