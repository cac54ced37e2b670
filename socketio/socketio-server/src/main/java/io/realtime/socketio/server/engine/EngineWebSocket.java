package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.revision.BytesForm;
import io.realtime.socketio.server.revision.Revision;
import io.realtime.socketio.server.transport.Frame;
import io.realtime.socketio.server.transport.WebSocketChannel;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that speaks Engine.IO: the transport of a session, or a candidate for it. Hands all
 * that happens on it to the session with itself, so that the session can tell the two apart.
 */
final class EngineWebSocket implements WebSocketEvents {
  private static final Frame PROBE_ANSWER =
      new Frame(false, "3probe".getBytes(StandardCharsets.UTF_8));

  private final Revision revision;
  private final BytesForm bytesForm;
  private final Function<EngineWebSocket, EngineSession> opener;
  private @Nullable SessionTransport owner;
  private @Nullable FrameCarrier carrier;

  /**
   * @param request that asked for it
   * @param opener gives the session it belongs to, once the channel is open
   */
  EngineWebSocket(HttpRequest request, Function<EngineWebSocket, EngineSession> opener) {
    this.revision = Revision.of(request);
    this.bytesForm = revision.framesOf(request);
    this.opener = opener;
  }

  FrameCarrier carrier() {
    FrameCarrier open = carrier;
    if (open == null) {
      throw new IllegalStateException("websocket: not open (expected: open)");
    }
    return open;
  }

  void answerProbe() {
    WebSocketChannel channel = carrier().channel();
    channel.write(PROBE_ANSWER);
    channel.flush();
  }

  /** Ends it with an empty close frame behind what is written. */
  void close() {
    carrier().channel().close();
  }

  /** Ends it at once. */
  void abort() {
    carrier().channel().abort();
  }

  @Override
  public void onOpen(WebSocketChannel channel) {
    carrier = new FrameCarrier(channel, bytesForm, open -> open.write(revision.beat()));
    owner = opener.apply(this).sessionTransport();
  }

  @Override
  public void onText(String text) {
    if (owner != null) {
      owner.onText(this, text);
    }
  }

  @Override
  public void onBinary(byte[] bytes) {
    if (owner != null) {
      owner.onBinary(this, bytes);
    }
  }

  /** The answer to a ping of RFC 6455, which we do not send here. */
  @Override
  public void onPong(byte[] payload) {}

  @Override
  public void onWritable() {
    if (owner != null) {
      owner.onWritable(this);
    }
  }

  @Override
  public void onClose(int code) {
    if (owner != null) {
      owner.onClose(this, code);
    }
  }
}
