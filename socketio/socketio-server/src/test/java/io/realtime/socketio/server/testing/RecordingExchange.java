package io.realtime.socketio.server.testing;

import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpStream;
import io.realtime.socketio.server.transport.Loop;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request's answer, for a test to read. */
public final class RecordingExchange implements HttpExchange {
  private final Loop loop;
  private @Nullable HttpReply reply;
  private Runnable onAbort = () -> {};

  RecordingExchange(Loop loop) {
    this.loop = loop;
  }

  public boolean answered() {
    return reply != null;
  }

  public HttpReply answer() {
    if (reply == null) {
      throw new AssertionError("not answered");
    }
    return reply;
  }

  public int status() {
    return answer().status();
  }

  public String body() {
    return new String(answer().body(), StandardCharsets.UTF_8);
  }

  public String header(String name) {
    return answer().headers().first(name).orElse("");
  }

  /** The client goes away; on the exchange's loop. */
  public void abort() {
    onAbort.run();
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public void reply(HttpReply answer) {
    if (reply != null) {
      throw new AssertionError("answered twice");
    }
    reply = answer;
  }

  @Override
  public HttpStream stream(int status, HttpHeaders headers) {
    throw new UnsupportedOperationException("stream");
  }

  @Override
  public void onAbort(Runnable action) {
    onAbort = action;
  }
}
