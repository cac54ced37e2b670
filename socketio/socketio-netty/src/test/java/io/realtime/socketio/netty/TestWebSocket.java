package io.realtime.socketio.netty;

import io.realtime.socketio.server.http.UpgradeExchange.WebSocketLimits;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.transport.WebSocketChannel;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what happens on one WebSocket, and notes calls that came on another loop. */
final class TestWebSocket implements WebSocketEvents {
  final Loop home;
  final Queue<String> log = new ConcurrentLinkedQueue<>();
  final AtomicInteger offLoop = new AtomicInteger();
  volatile Consumer<WebSocketChannel> onOpen = channel -> {};
  volatile Consumer<String> onText = text -> {};
  private volatile @Nullable WebSocketChannel channel;

  TestWebSocket(Loop home) {
    this.home = home;
  }

  /** Limits without compression. */
  static WebSocketLimits limits(int maxMessageBytes, int deadlineMillis) {
    return new WebSocketLimits(maxMessageBytes, deadlineMillis, Optional.empty());
  }

  WebSocketChannel channel() {
    WebSocketChannel current = channel;
    if (current == null) {
      throw new IllegalStateException("not open yet");
    }
    return current;
  }

  void inLoop(Consumer<WebSocketChannel> action) {
    home.execute(() -> action.accept(channel()));
  }

  @Override
  public void onOpen(WebSocketChannel opened) {
    channel = opened;
    note("open");
    onOpen.accept(opened);
  }

  @Override
  public void onText(String text) {
    note("text:" + text);
    onText.accept(text);
  }

  @Override
  public void onBinary(byte[] bytes) {
    note("binary:" + bytes.length);
  }

  @Override
  public void onPong(byte[] payload) {
    note("pong:" + payload.length);
  }

  @Override
  public void onWritable() {
    note("writable");
  }

  @Override
  public void onClose(int code) {
    note("close:" + code);
  }

  private void note(String what) {
    if (!home.inLoop()) {
      offLoop.incrementAndGet();
    }
    log.add(what);
  }
}
