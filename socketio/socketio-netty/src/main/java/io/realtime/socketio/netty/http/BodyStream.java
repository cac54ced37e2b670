package io.realtime.socketio.netty.http;

import io.realtime.socketio.netty.loop.DirectMemory;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpStream;
import org.jspecify.annotations.Nullable;

/**
 * A body in pieces: chunked for HTTP/1.1, so that the peer can tell its end from a fault, and up to
 * the end of the connection for HTTP/1.0.
 */
final class BodyStream implements HttpStream {
  private final HttpConnection connection;
  private final NettyExchange exchange;
  private final boolean chunked;
  private @Nullable Runnable whenWritable;
  private boolean ended;

  BodyStream(HttpConnection connection, NettyExchange exchange) {
    this.connection = connection;
    this.exchange = exchange;
    this.chunked = exchange.head().modern();
  }

  void start(int status, HttpHeaders headers) {
    try {
      connection.startStream(
          this, ReplyEncoder.streamHead(connection.alloc(), status, headers, chunked));
    } catch (IllegalArgumentException badHeader) {
      ended = true;
      connection.fail("An answer's headers cannot be sent", badHeader);
    }
  }

  @Override
  public void write(byte[] bytes) {
    assert connection.loop().inLoop();
    if (ended || bytes.length == 0 || exchange.isHeadRequest()) {
      return;
    }
    connection.send(
        chunked
            ? ReplyEncoder.chunk(connection.alloc(), bytes)
            : DirectMemory.buffer(connection.alloc(), bytes.length).writeBytes(bytes));
  }

  @Override
  public boolean writable(Runnable action) {
    assert connection.loop().inLoop();
    if (connection.writable()) {
      return true;
    }
    whenWritable = action;
    return false;
  }

  @Override
  public void end() {
    assert connection.loop().inLoop();
    if (ended) {
      return;
    }
    ended = true;
    connection.endStream(
        exchange,
        chunked && !exchange.isHeadRequest()
            ? ReplyEncoder.lastChunk(connection.alloc())
            : connection.alloc().buffer(0, 0));
  }

  void becameWritable() {
    Runnable action = whenWritable;
    whenWritable = null;
    if (action != null && !ended) {
      action.run();
    }
  }

  /** Nothing can be sent any more. */
  void cut() {
    ended = true;
    whenWritable = null;
  }
}
