package io.realtime.socketio.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.realtime.socketio.server.transport.Loop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets up at most {@value #CONNECTIONS_OF_A_TURN} new connections in one turn of the acceptor's
 * loop: io_uring hands over all that wait at once, thousands behind a restart, and each takes tens
 * of microseconds in which nobody else on that loop is heard. The others wait here, in order. On
 * the acceptor's loop only.
 */
final class AcceptPace extends ChannelDuplexHandler {
  static final int CONNECTIONS_OF_A_TURN = 64;

  /** Connections that wait here; for one more the oldest is set up at once. */
  static final int MAX_WAITING = 4_096;

  private final Function<EventLoop, ? extends Loop> loops;
  private final Queue<Object> waiting = new ArrayDeque<>();

  /** How many wait, for other threads; written behind each change. */
  private volatile int waitingCount;

  private @Nullable Loop loop;
  private long turn;
  private int ofTurn;

  /**
   * @param loops finds the loop that wraps the acceptor's
   */
  AcceptPace(Function<EventLoop, ? extends Loop> loops) {
    this.loops = loops;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object connection) {
    if (waiting.isEmpty() && mayHandOn(ctx)) {
      handOn(ctx, connection);
      return;
    }
    waiting.add(connection);
    if (waiting.size() == 1) {
      loop(ctx).nextTurn(() -> nextTurn(ctx));
    } else if (waiting.size() > MAX_WAITING) {
      handOn(ctx, waiting.remove());
    }
    waitingCount = waiting.size();
  }

  /** Connections that wait here now. Any thread. */
  int waitingCount() {
    return waitingCount;
  }

  private void nextTurn(ChannelHandlerContext ctx) {
    while (!waiting.isEmpty() && mayHandOn(ctx)) {
      handOn(ctx, waiting.remove());
    }
    waitingCount = waiting.size();
    if (!waiting.isEmpty()) {
      loop(ctx).nextTurn(() -> nextTurn(ctx));
    }
  }

  /** Who waits has been accepted: he is served, and counted before the listener is closed. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    while (!waiting.isEmpty()) {
      handOn(ctx, waiting.remove());
    }
    waitingCount = 0;
    var _ = ctx.close(promise);
  }

  /** The loop ends without a close. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    while (!waiting.isEmpty()) {
      if (waiting.remove() instanceof Channel connection) {
        connection.unsafe().closeForcibly();
      }
    }
    waitingCount = 0;
  }

  private boolean mayHandOn(ChannelHandlerContext ctx) {
    long now = loop(ctx).turns();
    if (now != turn) {
      turn = now;
      ofTurn = 0;
    }
    return ofTurn < CONNECTIONS_OF_A_TURN;
  }

  private void handOn(ChannelHandlerContext ctx, Object connection) {
    ofTurn++;
    ctx.fireChannelRead(connection);
  }

  private Loop loop(ChannelHandlerContext ctx) {
    Loop known = loop;
    if (known == null) {
      known = loops.apply(ctx.channel().eventLoop());
      loop = known;
    }
    return known;
  }
}
