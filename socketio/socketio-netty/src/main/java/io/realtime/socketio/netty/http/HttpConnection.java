package io.realtime.socketio.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.realtime.socketio.netty.http.StrictRequestDecoder.MalformedHead;
import io.realtime.socketio.netty.loop.NettyLoop;
import io.realtime.socketio.server.http.HttpReply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
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
  private final InetSocketAddress remote;
  private final ConnectionOutput output;
  private final StrictRequestDecoder decoder;
  private final Queue<Object> waiting = new ArrayDeque<>(2);

  private Phase phase = Phase.HEAD;
  private long deadline;
  private boolean nextHeadBegun;
  private boolean draining;
  private boolean serving;

  private RequestHead.@Nullable Accepted head;
  private RequestBody body = new RequestBody(0);
  private @Nullable NettyExchange exchange;
  private @Nullable BodyStream stream;
  private @Nullable UpgradeHandover handover;

  private HttpConnection(HttpSettings settings, Channel channel, InetSocketAddress remote) {
    this.settings = settings;
    this.channel = channel;
    this.remote = remote;
    this.loop = settings.loops().of(channel.eventLoop());
    this.output = new ConnectionOutput(channel, settings.limits().writeDeadline());
    this.decoder = new StrictRequestDecoder(settings.limits(), this::onHeadBytes);
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
    releaseWaiting();
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
    if (!(cause instanceof IOException)) {
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
      releaseWaiting();
    }
    if (handover == null && channel.isActive()) {
      pauseOrRead();
    }
  }

  private void pauseOrRead() {
    boolean mayRead = phase != Phase.CLOSING && waiting.size() < settings.limits().maxPipelined();
    if (channel.config().isAutoRead() != mayRead) {
      channel.config().setAutoRead(mayRead);
    }
  }

  private void take(Object message) {
    if (message instanceof MalformedHead) {
      refuse(HttpReply.text(400, "malformed request"));
      return;
    }
    if (message instanceof HttpRequest request) {
      takeHead(request);
    }
    if (message instanceof HttpContent content && phase == Phase.BODY) {
      takeBody(content);
    }
  }

  private void takeHead(HttpRequest request) {
    switch (RequestHead.of(request, remote)) {
      case RequestHead.Refused refused -> refuse(refused.reply());
      case RequestHead.Accepted accepted -> expectBody(accepted);
    }
  }

  private void expectBody(RequestHead.Accepted accepted) {
    int limit = 0;
    if (accepted.hasBody()) {
      if (accepted.asksForWebSocket()) {
        refuse(HttpReply.text(400, "an upgrade request has no body"));
        return;
      }
      try {
        limit = settings.dispatch().maxBodyBytes(accepted.request());
      } catch (RuntimeException failure) {
        fail("The limit of a request's body could not be told", failure);
        return;
      }
      if (accepted.contentLength() > limit) {
        refuse(HttpReply.empty(413));
        return;
      }
      if (accepted.expectsContinue()) {
        send(ReplyEncoder.continue100(alloc()));
      }
    }
    head = accepted;
    body = new RequestBody(limit);
    phase = Phase.BODY;
    deadline = after(settings.limits().bodyDeadline());
  }

  private void takeBody(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      refuse(HttpReply.text(400, "malformed body"));
    } else if (!body.add(content.content())) {
      refuse(HttpReply.empty(413));
    } else if (content instanceof LastHttpContent) {
      RequestHead.Accepted accepted = head;
      if (accepted != null) {
        head = null;
        deadline = NO_DEADLINE;
        dispatch(accepted);
      }
    }
  }

  private void dispatch(RequestHead.Accepted accepted) {
    if (accepted.asksForWebSocket()) {
      upgrade(accepted);
      return;
    }
    phase = Phase.ANSWERING;
    NettyExchange current = new NettyExchange(this, accepted);
    exchange = current;
    try {
      settings.dispatch().onRequest(accepted.withBody(body.toBytes()), current);
    } catch (RuntimeException failure) {
      log.error("A request could not be handled", failure);
      if (!current.tryReply(HttpReply.empty(500).closing())) {
        var _ = channel.close();
      }
    } finally {
      body = new RequestBody(0);
    }
  }

  private void upgrade(RequestHead.Accepted accepted) {
    switch (WebSocketKey.of(accepted.request())) {
      case WebSocketKey.Refused refused -> refuse(refused.reply());
      case WebSocketKey.Accepted key -> {
        phase = Phase.UPGRADING;
        handover = new UpgradeHandover(this, settings, channel, key.answer());
        channel.config().setAutoRead(false);
        channel.pipeline().remove(decoder);
        try {
          settings.dispatch().onUpgrade(accepted.request(), handover);
        } catch (RuntimeException failure) {
          log.error("An upgrade could not be handled", failure);
          if (!handover.tryRefuse(HttpReply.empty(500))) {
            var _ = channel.close();
          }
        }
      }
    }
  }

  /** Sends a whole answer. */
  void answer(NettyExchange answered, HttpReply reply) {
    if (exchange != answered) {
      return;
    }
    boolean last = reply.closeAfter() || draining || !answered.head().persistent();
    ByteBuf bytes;
    try {
      bytes = ReplyEncoder.whole(alloc(), reply, answered.isHeadRequest(), !last);
    } catch (IllegalArgumentException badHeader) {
      fail("An answer's headers cannot be sent", badHeader);
      return;
    }
    if (last) {
      phase = Phase.CLOSING;
    }
    output.send(bytes, gone -> afterAnswer(answered, gone, last));
    if (!last) {
      exchange = null;
      becomeIdle();
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
    if (phase != Phase.ANSWERING) {
      responseHead.release();
      started.cut();
      return;
    }
    stream = started;
    send(responseHead);
  }

  void endStream(NettyExchange streamed, ByteBuf lastBytes) {
    if (phase != Phase.ANSWERING) {
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
    phase = Phase.CLOSING;
    channel.config().setAutoRead(false);
    deadline = after(settings.limits().writeDeadline());
    output.send(ReplyEncoder.whole(alloc(), reply, false, false), gone -> linger());
  }

  /** Leaves the peer time to read the answer: closing with unread input would destroy it. */
  private void linger() {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      var _ = duplex.shutdownOutput();
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

  private void releaseWaiting() {
    for (Object message = waiting.poll(); message != null; message = waiting.poll()) {
      ReferenceCountUtil.release(message);
    }
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
