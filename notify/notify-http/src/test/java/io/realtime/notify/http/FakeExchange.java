package io.realtime.notify.http;

import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpStream;
import io.realtime.socketio.server.transport.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps the one answer to a request; a second one fails the test that waits. */
final class FakeExchange implements HttpExchange {
  private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();

  @Override
  public Loop loop() {
    throw new UnsupportedOperationException("not needed by this application");
  }

  @Override
  public void reply(HttpReply answer) {
    if (!reply.complete(answer)) {
      throw new IllegalStateException("answered twice");
    }
  }

  @Override
  public HttpStream stream(int status, HttpHeaders headers) {
    throw new UnsupportedOperationException("nothing is streamed yet");
  }

  @Override
  public void onAbort(Runnable action) {}

  boolean answered() {
    return reply.isDone();
  }

  HttpReply await() {
    try {
      return reply.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }
}
