package io.realtime.verification.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The floor: Netty on the same transport with the same settings as ours, without sessions, rooms or
 * JSON. What is for all is one frame, made once for each loop; what is for one user is looked up
 * and handed over by the caller, and is a frame of that user's, copied from prepared bytes on the
 * loop. They are written and flushed to each channel in one task per loop. Argument: the transport.
 */
public final class RawServer implements Commands.Driven {
  private final List<RawLoop> loops;
  private final ConcurrentMap<Integer, RawMember> users;

  private RawServer(List<RawLoop> loops, ConcurrentMap<Integer, RawMember> users) {
    this.loops = loops;
    this.users = users;
  }

  public static void main(String[] arguments) throws Exception {
    String by = arguments[0].equals("auto") ? automatic() : arguments[0];
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), handlers(by));
    ConcurrentMap<Integer, RawMember> users = new ConcurrentHashMap<>();
    List<RawLoop> loops = new ArrayList<>();
    for (EventExecutor loop : group) {
      loops.add(new RawLoop(loop, users));
    }
    Channel listener =
        new ServerBootstrap()
            .group(group)
            .channel(channels(by))
            .option(ChannelOption.SO_BACKLOG, 4_096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    RawUpgrade.await(channel, loopOf(loops, channel));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    int port = ((InetSocketAddress) listener.localAddress()).getPort();
    Commands.serve(port, by, new RawServer(loops, users));
  }

  private static RawLoop loopOf(List<RawLoop> loops, Channel channel) {
    return loops.stream()
        .filter(loop -> loop.executor().equals(channel.eventLoop()))
        .findFirst()
        .orElseThrow();
  }

  private static String automatic() {
    return IoUring.isAvailable() ? "io_uring" : "epoll";
  }

  private static IoHandlerFactory handlers(String by) {
    return switch (by) {
      case "io_uring" ->
          IoUringIoHandler.newFactory(
              new IoUringIoHandlerConfig().setRingSize(4096).setCqSize(32_768));
      case "epoll" -> EpollIoHandler.newFactory();
      case "nio" -> NioIoHandler.newFactory();
      default -> throw new IllegalArgumentException("transport: " + by);
    };
  }

  private static Class<? extends ServerChannel> channels(String by) {
    return switch (by) {
      case "io_uring" -> IoUringServerSocketChannel.class;
      case "epoll" -> EpollServerSocketChannel.class;
      default -> NioServerSocketChannel.class;
    };
  }

  @Override
  public void broadcast(long stamp) {
    RawEvent event = RawEvent.of(stamp);
    loops.forEach(loop -> loop.executor().execute(() -> loop.sendToAll(event)));
  }

  /** One publish for each user, batched by the caller: what is for one loop goes as one task. */
  @Override
  public void direct(int from, int to, long stamp) {
    RawEvent event = RawEvent.of(stamp);
    Map<RawLoop, List<RawMember>> batches = new HashMap<>();
    for (int user = from; user < to; user++) {
      RawMember member = users.get(user);
      if (member != null) {
        batches.computeIfAbsent(member.loop(), loop -> new ArrayList<>()).add(member);
      }
    }
    batches.forEach((loop, batch) -> loop.executor().execute(() -> RawLoop.send(batch, event)));
  }

  static ByteBuf textFrame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuf frame = Unpooled.directBuffer(payload.length + 4).writeByte(0x81);
    if (payload.length < 126) {
      frame.writeByte(payload.length);
    } else {
      frame.writeByte(126).writeShort(payload.length);
    }
    return frame.writeBytes(payload);
  }
}
