package io.realtime.verification.conformance;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.transport.WebSocketChannel;
import io.realtime.socketio.server.transport.WebSocketEvents;
import org.jspecify.annotations.Nullable;

/**
 * A new WebSocket whose first message comes a moment after the 101. Our server sends both in one
 * write; the Engine.IO 3 suite begins to listen for messages a moment after the opening and so
 * misses what its client reads together with it (the later suites keep such messages).
 */
record SpacedUpgrade(UpgradeExchange exchange) implements UpgradeExchange {
  private static final long MOMENT_NANOS = 10_000_000;

  @Override
  public Loop loop() {
    return exchange.loop();
  }

  @Override
  public void accept(
      Loop home, HttpHeaders headers, WebSocketLimits limits, WebSocketEvents events) {
    exchange.accept(home, headers, limits, new SpacedOpening(home, events));
  }

  @Override
  public void refuse(HttpReply reply) {
    exchange.refuse(reply);
  }

  /** The client says nothing before it has read the first message. */
  private static final class SpacedOpening implements WebSocketEvents {
    private final Loop home;
    private final WebSocketEvents events;
    private Loop.@Nullable Timer opening;

    private SpacedOpening(Loop home, WebSocketEvents events) {
      this.home = home;
      this.events = events;
    }

    @Override
    public void onOpen(WebSocketChannel channel) {
      opening = home.schedule(MOMENT_NANOS, () -> events.onOpen(channel));
    }

    @Override
    public void onText(String text) {
      events.onText(text);
    }

    @Override
    public void onBinary(byte[] bytes) {
      events.onBinary(bytes);
    }

    @Override
    public void onPong(byte[] payload) {
      events.onPong(payload);
    }

    @Override
    public void onWritable() {
      events.onWritable();
    }

    @Override
    public void onClose(int code) {
      if (opening != null) {
        opening.cancel();
      }
      events.onClose(code);
    }
  }
}
