package io.realtime.socketio.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.realtime.socketio.netty.loop.NettyLoop;
import io.realtime.socketio.netty.websocket.FrameForm;
import io.realtime.socketio.netty.websocket.LoopFrames;
import io.realtime.socketio.netty.websocket.WebSocketHandler;
import io.realtime.socketio.netty.websocket.WebSocketSettings;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from an HTTP connection to a WebSocket on its home loop. Nothing is read meanwhile; what
 * the client sent too early is kept (one read's worth at most) and read first. Every step runs on
 * the loop that the channel is registered with at that time.
 */
final class UpgradeHandover implements UpgradeExchange {
  private static final Logger log = LoggerFactory.getLogger(UpgradeHandover.class);
  private static final int ABNORMAL_CLOSE = 1006;

  private final HttpConnection connection;
  private final HttpSettings settings;
  private final Channel channel;
  private final WebSocketKey.Accepted key;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final List<ByteBuf> early = new ArrayList<>(0);

  UpgradeHandover(
      HttpConnection connection,
      HttpSettings settings,
      Channel channel,
      WebSocketKey.Accepted key) {
    this.connection = connection;
    this.settings = settings;
    this.channel = channel;
    this.key = key;
  }

  /** What the plan of a move needs on every loop. */
  private record Plan(
      NettyLoop home, HttpHeaders headers, WebSocketLimits limits, WebSocketEvents events) {}

  @Override
  public Loop loop() {
    return connection.loop();
  }

  @Override
  public void accept(
      Loop home, HttpHeaders headers, WebSocketLimits limits, WebSocketEvents events) {
    if (!(home instanceof NettyLoop target) || !settings.loops().loops().contains(target)) {
      throw new IllegalArgumentException("home: not a loop of this server");
    }
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("this upgrade has been answered");
    }
    Plan plan = new Plan(target, headers, limits, events);
    connection.loop().run(() -> leave(plan));
  }

  @Override
  public void refuse(HttpReply reply) {
    if (!tryRefuse(reply)) {
      throw new IllegalStateException("this upgrade has been answered");
    }
  }

  /** False when it has been answered. */
  boolean tryRefuse(HttpReply reply) {
    if (!answered.compareAndSet(false, true)) {
      return false;
    }
    connection
        .loop()
        .run(
            () -> {
              releaseEarly();
              if (channel.isActive()) {
                connection.refuse(reply);
              }
            });
    return true;
  }

  void keep(ByteBuf bytes) {
    early.add(bytes);
  }

  void peerGone() {
    releaseEarly();
  }

  private void leave(Plan plan) {
    if (!channel.isActive()) {
      lost(plan);
      return;
    }
    connection.release();
    if (plan.home() == connection.loop()) {
      become(plan);
      return;
    }
    channel
        .deregister()
        .addListener(
            left -> {
              if (left.isSuccess()) {
                arrive(plan);
              } else {
                log.warn("A WebSocket could not leave its loop", left.cause());
                var _ = channel.close();
                lost(plan);
              }
            });
  }

  private void arrive(Plan plan) {
    plan.home()
        .eventLoop()
        .register(channel)
        .addListener(
            registered ->
                plan.home()
                    .run(
                        () -> {
                          if (registered.isSuccess()) {
                            become(plan);
                          } else {
                            channel.unsafe().closeForcibly();
                            lost(plan);
                          }
                        }));
  }

  private void become(Plan plan) {
    if (!channel.isActive()) {
      lost(plan);
      return;
    }
    ByteBuf answer;
    try {
      HttpHeaders headers =
          deflates(plan)
              ? plan.headers().set("sec-websocket-extensions", DeflateOffer.AGREED)
              : plan.headers();
      answer = ReplyEncoder.switching(channel.alloc(), key.answer(), headers);
    } catch (IllegalArgumentException badHeader) {
      log.error("An upgrade's headers cannot be sent", badHeader);
      var _ = channel.close();
      lost(plan);
      return;
    }
    WebSocketHandler webSocket =
        new WebSocketHandler(
            plan.home(),
            form(plan),
            new WebSocketSettings(
                plan.limits().maxMessageBytes(),
                Duration.ofMillis(plan.limits().messageDeadlineMillis()),
                settings.closeDeadline()),
            plan.events());
    channel.pipeline().replace(connection, null, webSocket);
    var _ = channel.write(answer, channel.voidPromise());
    webSocket.open();
    for (ByteBuf bytes : early) {
      channel.pipeline().fireChannelRead(bytes);
    }
    if (!early.isEmpty()) {
      early.clear();
      channel.pipeline().fireChannelReadComplete();
    }
    channel.config().setAutoRead(true);
  }

  private boolean deflates(Plan plan) {
    return key.offersDeflate() && plan.limits().deflate().isPresent();
  }

  private FrameForm form(Plan plan) {
    LoopFrames frames = settings.frames().of(plan.home());
    return deflates(plan) ? frames.deflated(plan.limits().deflate().orElseThrow()) : frames.plain();
  }

  private void lost(Plan plan) {
    releaseEarly();
    plan.home().execute(() -> plan.events().onClose(ABNORMAL_CLOSE));
  }

  private void releaseEarly() {
    early.forEach(ByteBuf::release);
    early.clear();
  }
}
