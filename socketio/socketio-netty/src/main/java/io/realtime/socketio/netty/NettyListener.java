package io.realtime.socketio.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.realtime.socketio.netty.http.DeadlineSweep;
import io.realtime.socketio.netty.http.HttpConnection;
import io.realtime.socketio.netty.http.HttpSettings;
import io.realtime.socketio.netty.loop.NettyLoops;
import io.realtime.socketio.netty.loop.PerLoop;
import io.realtime.socketio.netty.websocket.LoopFrames;
import io.realtime.socketio.server.http.HttpDispatch;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP port that hands HTTP requests and WebSockets to a dispatch. Any thread. */
public final class NettyListener {
  private static final Logger log = LoggerFactory.getLogger(NettyListener.class);
  private static final byte[] TOO_MANY =
      String.join(
              "\r\n",
              "HTTP/1.1 503 Service Unavailable",
              "retry-after: 5",
              "content-length: 0",
              "connection: close",
              "",
              "")
          .getBytes(StandardCharsets.US_ASCII);

  private final Channel acceptor;
  private final HttpSettings settings;
  private final ConnectionCount connections;
  private final AcceptPace pace;

  private NettyListener(
      Channel acceptor, AcceptPace pace, HttpSettings settings, ConnectionCount connections) {
    this.acceptor = acceptor;
    this.pace = pace;
    this.settings = settings;
    this.connections = connections;
  }

  /**
   * Starts to listen.
   *
   * @throws BindException when the address cannot be had, naming it
   */
  public static NettyListener bind(NettyLoops loops, HttpDispatch dispatch, ListenerOptions options)
      throws BindException {
    HttpSettings settings =
        new HttpSettings(
            dispatch,
            options.http(),
            loops,
            new PerLoop<>(loops.loops(), DeadlineSweep::new),
            new PerLoop<>(loops.loops(), LoopFrames::new),
            options.closeDeadline(),
            options.tls().isPresent());
    ConnectionCount connections = new ConnectionCount();
    AcceptPace pace = new AcceptPace(loops::of);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.transport().serverChannel())
            .option(ChannelOption.SO_BACKLOG, options.backlog())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(options.writeLowWater(), options.writeHighWater()))
            .handler(pace)
            .childHandler(new Accept(settings, connections, options));
    if (options.sendBuffer() > 0) {
      bootstrap.childOption(ChannelOption.SO_SNDBUF, options.sendBuffer());
    }
    ChannelFuture bound =
        bootstrap
            .bind(new InetSocketAddress(options.host(), options.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      BindException failure =
          new BindException(
              "cannot listen on "
                  + options.host()
                  + ":"
                  + options.port()
                  + ": "
                  + String.valueOf(bound.cause()));
      failure.initCause(bound.cause());
      throw failure;
    }
    NettyListener listener = new NettyListener(bound.channel(), pace, settings, connections);
    log.info("Listening on {}:{}", options.host(), listener.port());
    return listener;
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) acceptor.localAddress()).getPort();
  }

  /** TCP connections that are open. */
  public int connectionCount() {
    return connections.open();
  }

  /** TCP connections that have been accepted and are yet to be set up, at most 4,096. */
  public int acceptedCount() {
    return pace.waitingCount();
  }

  /** Accepts nobody any more; what is connected stays. */
  public CompletionStage<Void> stopAccepting() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    acceptor.close().addListener(closed -> stopped.complete(null));
    return stopped;
  }

  /**
   * Closes HTTP connections that wait for a request and streams; every other one after the answer
   * that it waits for.
   */
  public void drain() {
    settings.sweeps().forEachOnLoop(DeadlineSweep::drain);
  }

  /** Completes once no connection is open; to be asked after {@link #stopAccepting}. */
  public CompletionStage<Void> whenEmpty() {
    return connections.whenNone();
  }

  /** Closes every HTTP connection; WebSockets are their owner's to close. */
  public void closeHttp() {
    settings.sweeps().forEachOnLoop(DeadlineSweep::closeAll);
  }

  /** Sets up what has been accepted, on its own loop. */
  private static final class Accept extends ChannelInitializer<Channel> {
    private final HttpSettings settings;
    private final ConnectionCount connections;
    private final ListenerOptions options;

    Accept(HttpSettings settings, ConnectionCount connections, ListenerOptions options) {
      this.settings = settings;
      this.connections = connections;
      this.options = options;
    }

    @Override
    protected void initChannel(Channel channel) {
      int open = connections.opened();
      channel.closeFuture().addListener(closed -> connections.closed());
      if (open > options.maxConnections()) {
        refuse(channel);
      } else if (channel.remoteAddress() instanceof InetSocketAddress remote) {
        options.tls().ifPresent(tls -> tls.secure(channel));
        HttpConnection.serve(channel, remote, settings);
      } else {
        var _ = channel.close();
      }
    }

    /** A handshake for the sake of an answer would cost more than it is worth. */
    private void refuse(Channel channel) {
      if (options.tls().isPresent()) {
        var _ = channel.close();
      } else {
        channel
            .writeAndFlush(channel.alloc().buffer(TOO_MANY.length).writeBytes(TOO_MANY))
            .addListener(ChannelFutureListener.CLOSE);
      }
    }
  }
}
