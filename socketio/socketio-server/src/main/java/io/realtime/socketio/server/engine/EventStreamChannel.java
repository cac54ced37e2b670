package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.http.HttpStream;
import io.realtime.socketio.server.transport.Frame;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.transport.WebSocketChannel;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.nio.charset.StandardCharsets;

/**
 * A stream of server-sent events as a channel: frames go into the body as they are. Nothing comes
 * back but the end, so a ping is a comment, which keeps proxies from ending the stream, and answers
 * itself: it proves nothing. A client that does not read is ended by the listener. On its loop.
 */
final class EventStreamChannel implements WebSocketChannel {
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
  private static final int ABNORMAL = 1006;

  private final HttpStream stream;
  private final Loop loop;
  private final WebSocketEvents events;
  private boolean ended;

  EventStreamChannel(HttpStream stream, Loop loop, WebSocketEvents events) {
    this.stream = stream;
    this.loop = loop;
    this.events = events;
  }

  /** The peer has gone. */
  void onAbort() {
    if (!ended) {
      ended = true;
      events.onClose(ABNORMAL);
    }
  }

  @Override
  public void write(Frame frame) {
    if (!ended) {
      stream.write(frame.payload());
    }
  }

  @Override
  public void ping(byte[] payload) {
    if (!ended) {
      stream.write(COMMENT);
      loop.execute(() -> events.onPong(payload));
    }
  }

  /** Each write is flushed already. */
  @Override
  public void flush() {}

  @Override
  public boolean writable() {
    return !ended && stream.writable(events::onWritable);
  }

  /** The listener's to watch over. */
  @Override
  public long pendingBytes() {
    return 0;
  }

  @Override
  public void close(int code, String reason) {
    close();
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      stream.end();
    }
  }

  @Override
  public void abort() {
    close();
  }
}
