package io.realtime.notify.app.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A plain WebSocket client of the JDK that keeps every frame. */
final class PlainClient implements WebSocket.Listener, AutoCloseable {
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final AtomicInteger closeCode = new AtomicInteger(-1);
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  PlainClient(HttpClient http, int port, String query) throws Exception {
    this.socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/?" + query), this)
            .get(10, TimeUnit.SECONDS);
  }

  void send(String frame) throws Exception {
    socket.sendText(frame, true).get(10, TimeUnit.SECONDS);
  }

  List<String> frames() {
    return frames;
  }

  /** Frames of one event. */
  List<String> frames(String event) {
    return frames.stream().filter(f -> f.startsWith("{\"event\":\"" + event + "\"")).toList();
  }

  /** -1 while it is open; 1006 when it ended without a close frame. */
  int closeCode() {
    return closeCode.get();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      frames.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closeCode.set(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closeCode.compareAndSet(-1, 1006);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
