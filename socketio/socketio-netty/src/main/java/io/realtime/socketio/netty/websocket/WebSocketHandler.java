package io.realtime.socketio.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCountUtil;
import io.realtime.socketio.netty.loop.NettyLoop;
import io.realtime.socketio.netty.tls.LastBytes;
import io.realtime.socketio.server.transport.Frame;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.transport.WebSocketChannel;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: the only handler of its pipeline. It is OPEN until a close frame has gone either
 * way; CLOSING while the peer owes us the answer to ours; ENDED once the events have been told, and
 * what still arrives is thrown away until TCP ends.
 */
public final class WebSocketHandler extends ChannelInboundHandlerAdapter
    implements WebSocketChannel, FrameReader.Sink {
  private static final Logger log = LoggerFactory.getLogger(WebSocketHandler.class);

  private enum Phase {
    OPEN,
    CLOSING,
    ENDED
  }

  private final NettyLoop loop;
  private final FrameCache frames;
  private final WebSocketSettings settings;
  private final WebSocketEvents events;
  private final FrameReader reader;

  private @Nullable ChannelHandlerContext context;

  /** That of the context, which leads to it by way of two more objects. */
  private @Nullable Channel channel;

  private Phase phase = Phase.OPEN;

  /**
   * Inside a read: what it causes to be written leaves in one flush behind it. The end of a read
   * loop is not waited for: under io_uring it may come in a later turn.
   */
  private boolean reading;

  private boolean flushDue;

  /** The newest ping that could not be answered because the peer does not read. */
  private byte @Nullable [] owedPong;

  private Loop.@Nullable Timer messageTimer;
  private long timedMessage;
  private Loop.@Nullable Timer closeTimer;

  public WebSocketHandler(
      NettyLoop loop, FrameForm form, WebSocketSettings settings, WebSocketEvents events) {
    this.loop = loop;
    this.frames = form.frames();
    this.settings = settings;
    this.events = events;
    this.reader = new FrameReader(settings.maxMessageBytes(), form.inflater(), this);
  }

  /** Reports the open channel; called once, behind the answer 101. */
  public void open() {
    reading = true;
    flushDue = true;
    guarded(() -> events.onOpen(this));
    reading = false;
    flushNow();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    channel = ctx.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    reading = true;
    try {
      if (phase != Phase.ENDED && message instanceof ByteBuf bytes) {
        reader.read(bytes);
      }
    } catch (WebSocketViolation violation) {
      log.debug("A peer sent {}", violation.getMessage());
      fail(violation.closeCode());
    } finally {
      ReferenceCountUtil.release(message);
    }
    watchMessage();
    reading = false;
    flushNow();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flushNow();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (phase != Phase.OPEN || !ctx.channel().isWritable()) {
      return;
    }
    byte[] owed = owedPong;
    if (owed != null) {
      owedPong = null;
      send(FrameWriter.pong(ctx.alloc(), owed));
      flush();
    }
    guarded(events::onWritable);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end(CloseCode.ABNORMAL);
    cancel(closeTimer);
    closeTimer = null;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!LastBytes.isPeersFault(cause)) {
      log.warn("A WebSocket failed", cause);
    }
    var _ = ctx.close();
  }

  @Override
  public void onText(String text) {
    if (phase == Phase.OPEN) {
      guarded(() -> events.onText(text));
    }
  }

  @Override
  public void onBinary(byte[] bytes) {
    if (phase == Phase.OPEN) {
      guarded(() -> events.onBinary(bytes));
    }
  }

  @Override
  public void onPong(byte[] payload) {
    if (phase == Phase.OPEN) {
      guarded(() -> events.onPong(payload));
    }
  }

  /**
   * Answers at once, or with the newest ping alone when the peer does not read (RFC 6455, 5.5.3).
   */
  @Override
  public void onPing(byte[] payload) {
    if (phase != Phase.OPEN) {
      return;
    }
    if (writable()) {
      send(FrameWriter.pong(context().alloc(), payload));
      flush();
    } else {
      owedPong = payload;
    }
  }

  @Override
  public void onClose(int code) {
    boolean answer = phase == Phase.OPEN;
    if (answer) {
      send(
          code == CloseCode.NO_STATUS
              ? FrameWriter.emptyClose(context().alloc())
              : FrameWriter.close(context().alloc(), code, ""));
    }
    end(code);
    closeWhenWritten();
  }

  @Override
  public void write(Frame frame) {
    assert loop.inLoop();
    if (phase == Phase.OPEN) {
      send(frames.encode(context().alloc(), frame));
    }
  }

  @Override
  public void ping(byte[] payload) {
    assert loop.inLoop();
    if (phase == Phase.OPEN) {
      send(FrameWriter.ping(context().alloc(), payload));
    }
  }

  @Override
  public void flush() {
    flushDue = true;
    if (!reading) {
      flushNow();
    }
  }

  @Override
  public boolean writable() {
    return channel().isWritable();
  }

  @Override
  public long pendingBytes() {
    ChannelOutboundBuffer pending = channel().unsafe().outboundBuffer();
    return pending == null ? 0 : pending.totalPendingWriteBytes();
  }

  @Override
  public void close(int code, String reason) {
    startClosing(FrameWriter.close(context().alloc(), code, reason));
  }

  @Override
  public void close() {
    startClosing(FrameWriter.emptyClose(context().alloc()));
  }

  @Override
  public void abort() {
    var _ = context().close();
  }

  private void startClosing(ByteBuf closeFrame) {
    assert loop.inLoop();
    if (phase != Phase.OPEN) {
      closeFrame.release();
      return;
    }
    send(closeFrame);
    phase = Phase.CLOSING;
    closeAtDeadline();
    flush();
  }

  /** Fails the connection (RFC 6455, 7.1.7). */
  private void fail(int code) {
    reader.stop();
    if (phase == Phase.OPEN) {
      context()
          .writeAndFlush(FrameWriter.close(context().alloc(), code, ""))
          .addListener(written -> LastBytes.sent(channel()));
      closeAtDeadline();
    } else {
      var _ = context().close();
    }
    end(code);
  }

  private void end(int code) {
    if (phase == Phase.ENDED) {
      return;
    }
    phase = Phase.ENDED;
    reader.stop();
    cancel(messageTimer);
    messageTimer = null;
    guarded(() -> events.onClose(code));
  }

  private void closeWhenWritten() {
    closeAtDeadline();
    context()
        .writeAndFlush(context().alloc().buffer(0, 0))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void closeAtDeadline() {
    if (closeTimer == null) {
      Duration deadline = settings.closeDeadline();
      closeTimer = loop.schedule(deadline.toNanos(), this::abort);
    }
  }

  /** Times the message that is under way, whatever control frames pass in between. */
  private void watchMessage() {
    boolean underWay = phase == Phase.OPEN && reader.midMessage();
    if (messageTimer != null && (!underWay || timedMessage != reader.messagesRead())) {
      cancel(messageTimer);
      messageTimer = null;
    }
    if (underWay && messageTimer == null) {
      timedMessage = reader.messagesRead();
      messageTimer =
          loop.schedule(
              settings.messageDeadline().toNanos(), () -> fail(CloseCode.POLICY_VIOLATION));
    }
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      log.error("A WebSocket's receiver failed", failure);
      if (phase == Phase.OPEN) {
        fail(CloseCode.INTERNAL_ERROR);
      }
    }
  }

  /**
   * A write that takes no memory fails by the end of the connection alone. One that still has to
   * find some may fail by itself, of which a void promise would say nothing: what follows would
   * then prove what was never sent.
   */
  private void send(ByteBuf bytes) {
    ChannelHandlerContext ctx = context();
    if (bytes.isDirect()) {
      var _ = ctx.write(bytes, ctx.voidPromise());
    } else {
      ctx.write(bytes)
          .addListener(
              written -> {
                if (!written.isSuccess()) {
                  exceptionCaught(ctx, written.cause());
                }
              });
    }
  }

  private void flushNow() {
    if (flushDue) {
      flushDue = false;
      context().flush();
    }
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return ctx;
  }

  private Channel channel() {
    Channel open = channel;
    if (open == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return open;
  }

  private static void cancel(Loop.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
