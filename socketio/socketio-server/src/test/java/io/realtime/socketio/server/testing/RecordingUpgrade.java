package io.realtime.socketio.server.testing;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One upgrade request; when it is accepted its channel opens at once on the home loop. */
public final class RecordingUpgrade implements UpgradeExchange {
  private final Loop loop;
  private @Nullable HttpReply refusal;
  private @Nullable RecordingChannel channel;
  private HttpHeaders headers = HttpHeaders.empty();
  private int maxMessageBytes;

  RecordingUpgrade(Loop loop) {
    this.loop = loop;
  }

  public boolean refused() {
    return refusal != null;
  }

  public HttpReply refusal() {
    if (refusal == null) {
      throw new AssertionError("not refused");
    }
    return refusal;
  }

  public String refusalBody() {
    return new String(refusal().body(), StandardCharsets.UTF_8);
  }

  public RecordingChannel channel() {
    if (channel == null) {
      throw new AssertionError("not accepted");
    }
    return channel;
  }

  /** Added to the 101. */
  public HttpHeaders headers() {
    return headers;
  }

  public int maxMessageBytes() {
    return maxMessageBytes;
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public void accept(Loop home, HttpHeaders added, WebSocketLimits limits, WebSocketEvents events) {
    headers = added;
    maxMessageBytes = limits.maxMessageBytes();
    RecordingChannel opened = new RecordingChannel(home, events);
    channel = opened;
    home.execute(() -> events.onOpen(opened));
  }

  @Override
  public void refuse(HttpReply reply) {
    refusal = reply;
  }
}
