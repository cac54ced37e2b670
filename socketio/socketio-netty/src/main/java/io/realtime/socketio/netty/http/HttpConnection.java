package io.realtime.socketio.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.realtime.socketio.netty.http.StrictRequestDecoder.Malformed;
import io.realtime.socketio.netty.loop.NettyLoop;
import io.realtime.socketio.netty.tls.LastBytes;
import io.realtime.socketio.server.http.HttpReply;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection. It serves one request at a time, so that answers keep the order of their
 * requests; what a client pipelines waits behind, bounded. Reading goes on while a request is being
 * answered: that is how a client that goes away is noticed.
 */
public final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);
  private static final long NO_DEADLINE = Long.MAX_VALUE;

  /** How long the peer may take to read the last answer before the connection is cut. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private enum Phase {
    /** Between an answer and the next request. */
    IDLE,
    HEAD,
    BODY,
    ANSWERING,
    /** Handed to the application as a WebSocket to be; not HTTP any more. */
    UPGRADING,
    /** The last answer is on its way; input is thrown away. */
    CLOSING
  }

  private final HttpSettings settings;
  private final NettyLoop loop;
  private final Channel channel;
  private final ConnectionOutput output;
  private final StrictRequestDecoder decoder;
  private final RequestIntake requests;
  private final RequestQueue waiting;

  private Phase phase = Phase.HEAD;
  private long deadline;
  private boolean nextHeadBegun;
  private boolean draining;
  private boolean serving;

  private @Nullable NettyExchange exchange;
  private @Nullable BodyStream stream;
  private @Nullable UpgradeHandover handover;

  private HttpConnection(HttpSettings settings, Channel channel, InetSocketAddress remote) {
    this.settings = settings;
    this.channel = channel;
    this.loop = settings.loops().of(channel.eventLoop());
    this.output = new ConnectionOutput(channel, settings.limits().writeDeadline());
    this.decoder = new StrictRequestDecoder(settings.limits(), this::onHeadBytes);
    this.requests = new RequestIntake(this, settings, remote);
    this.waiting = new RequestQueue(settings.limits().maxPipelined());
    this.deadline = after(settings.limits().headDeadline());
  }

  /** Serves HTTP on a channel that has just been registered, on its loop. */
  public static void serve(Channel channel, InetSocketAddress remote, HttpSettings settings) {
    HttpConnection connection = new HttpConnection(settings, channel, remote);
    channel.pipeline().addLast(connection.decoder, connection);
    connection.sweep().add(connection);
  }

  NettyLoop loop() {
    return loop;
  }

  Channel channel() {
    return channel;
  }

  ByteBufAllocator alloc() {
    return output.alloc();
  }

  boolean writable() {
    return output.writable();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    output.beginRead();
    if (message instanceof HttpRequest) {
      nextHeadBegun = false;
    }
    if (handover != null && message instanceof ByteBuf early) {
      handover.keep(early);
    } else if (phase == Phase.CLOSING || phase == Phase.UPGRADING) {
      ReferenceCountUtil.release(message);
    } else {
      waiting.add(message);
      serveWaiting();
    }
    output.endRead();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    BodyStream current = stream;
    if (current != null && writable()) {
      current.becameWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    phase = Phase.CLOSING;
    sweep().remove(this);
    waiting.clear();
    if (stream != null) {
      stream.cut();
    }
    if (handover != null) {
      handover.peerGone();
    }
    NettyExchange current = exchange;
    exchange = null;
    if (current != null) {
      guarded(current::abort);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!LastBytes.isPeersFault(cause)) {
      log.warn("An HTTP connection failed", cause);
    }
    var _ = ctx.close();
  }

  /** Takes messages one by one while no request is being answered. */
  private void serveWaiting() {
    if (serving) {
      return;
    }
    serving = true;
    while (phase == Phase.IDLE || phase == Phase.HEAD || phase == Phase.BODY) {
      Object message = waiting.poll();
      if (message == null) {
        break;
      }
      try {
        take(message);
      } finally {
        ReferenceCountUtil.release(message);
      }
    }
    serving = false;
    if (phase == Phase.CLOSING) {
      waiting.clear();
    }
    if (handover == null && channel.isActive()) {
      pauseOrRead();
    }
  }

  private void pauseOrRead() {
    boolean mayRead = phase != Phase.CLOSING && !waiting.isFull();
    if (channel.config().isAutoRead() != mayRead) {
      channel.config().setAutoRead(mayRead);
    }
  }

  private void take(Object message) {
    if (message instanceof Malformed) {
      refuse(HttpReply.text(400, "malformed request"));
      return;
    }
    if (message instanceof HttpRequest request) {
      requests.takeHead(request);
    }
    if (message instanceof HttpContent content && phase == Phase.BODY) {
      requests.takeBody(content);
    }
  }

  // ---- called by RequestIntake

  /** The head of a request has been accepted; its body follows. */
  void awaitBody() {
    phase = Phase.BODY;
    deadline = after(settings.limits().bodyDeadline());
  }

  boolean awaitsBody() {
    return phase == Phase.BODY;
  }

  /** {@code begun} is the one to be answered next. */
  void answerNext(NettyExchange begun) {
    exchange = begun;
  }

  /** The body is whole: true when its request is still to be answered. */
  boolean bodyEnded() {
    deadline = NO_DEADLINE;
    if (exchange == null) {
      becomeIdle();
      return false;
    }
    phase = Phase.ANSWERING;
    return true;
  }

  /** Refuses a request that its application goes on without. */
  void refuse(NettyExchange refused, HttpReply reply) {
    refused.done();
    exchange = null;
    refuse(reply);
  }

  /** HTTP ends here: what still comes goes to {@code next}. */
  void handOver(UpgradeHandover next) {
    deadline = NO_DEADLINE;
    phase = Phase.UPGRADING;
    handover = next;
    channel.config().setAutoRead(false);
    channel.pipeline().remove(decoder);
  }

  // ---- answers

  /** Sends a whole answer. */
  void answer(NettyExchange answered, HttpReply reply) {
    if (exchange != answered) {
      return;
    }
    boolean last = reply.closeAfter() || draining || !answered.head().persistent();
    boolean early = phase == Phase.BODY;
    last |= early && !BodyIntake.worthDiscarding(answered.head());
    ByteBuf bytes;
    try {
      bytes = ReplyEncoder.whole(alloc(), reply, answered.isHeadRequest(), !last);
    } catch (IllegalArgumentException badHeader) {
      fail("An answer's headers cannot be sent", badHeader);
      return;
    }
    if (early && last) {
      answered.done();
      exchange = null;
      refuse(bytes);
      return;
    }
    if (last) {
      phase = Phase.CLOSING;
    }
    boolean close = last;
    output.send(bytes, gone -> afterAnswer(answered, gone, close));
    if (!last) {
      exchange = null;
      if (phase == Phase.ANSWERING) {
        becomeIdle();
      }
    }
  }

  private void afterAnswer(NettyExchange answered, boolean gone, boolean last) {
    if (gone) {
      answered.done();
    } else {
      guarded(answered::abort);
    }
    if (last) {
      var _ = channel.close();
    }
  }

  private void becomeIdle() {
    phase = nextHeadBegun ? Phase.HEAD : Phase.IDLE;
    deadline =
        after(nextHeadBegun ? settings.limits().headDeadline() : settings.limits().idleTimeout());
    serveWaiting();
  }

  void startStream(BodyStream started, ByteBuf responseHead) {
    if (phase != Phase.ANSWERING && phase != Phase.BODY) {
      responseHead.release();
      started.cut();
      return;
    }
    stream = started;
    send(responseHead);
  }

  void endStream(NettyExchange streamed, ByteBuf lastBytes) {
    if (phase != Phase.ANSWERING && phase != Phase.BODY) {
      lastBytes.release();
      return;
    }
    stream = null;
    phase = Phase.CLOSING;
    output.send(lastBytes, gone -> afterAnswer(streamed, gone, true));
  }

  void send(ByteBuf bytes) {
    output.send(bytes, gone -> {});
  }

  /** Answers what cannot be served; nothing more is read from this connection. */
  void refuse(HttpReply reply) {
    refuse(ReplyEncoder.whole(alloc(), reply, false, false));
  }

  private void refuse(ByteBuf answer) {
    phase = Phase.CLOSING;
    channel.config().setAutoRead(false);
    deadline = after(settings.limits().writeDeadline());
    output.send(answer, gone -> linger());
  }

  /** Leaves the peer time to read the answer: closing with unread input would destroy it. */
  private void linger() {
    if (channel.isActive()) {
      LastBytes.sent(channel);
      deadline = after(LINGER);
    }
  }

  /** The application's fault: a neutral 500. */
  void fail(String what, RuntimeException failure) {
    log.error(what, failure);
    refuse(HttpReply.empty(500));
  }

  private void onHeadBytes() {
    nextHeadBegun = true;
    if (phase == Phase.IDLE) {
      phase = Phase.HEAD;
      deadline = after(settings.limits().headDeadline());
    }
  }

  void checkDeadlines(long now) {
    if (deadline != NO_DEADLINE && now - deadline >= 0) {
      deadline = NO_DEADLINE;
      if (phase == Phase.BODY) {
        refuse(HttpReply.text(408, "the body did not arrive in time"));
      } else {
        var _ = channel.close();
      }
    } else if (output.stalled(now)) {
      log.debug("A client did not read its answer");
      var _ = channel.close();
    }
  }

  void drain() {
    draining = true;
    if (phase == Phase.IDLE || phase == Phase.HEAD || stream != null) {
      var _ = channel.close();
    }
  }

  void abort() {
    var _ = channel.close();
  }

  /** HTTP is over on this connection: no deadline of ours applies any more. */
  void release() {
    sweep().remove(this);
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      log.error("An application's answer to a lost connection failed", failure);
    }
  }

  private DeadlineSweep sweep() {
    return settings.sweeps().of(loop);
  }

  private long after(Duration delay) {
    return loop.nanoTime() + delay.toNanos();
  }
}
