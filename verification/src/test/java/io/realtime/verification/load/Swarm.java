package io.realtime.verification.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Many clients on one loop, and what they have seen together. */
final class Swarm {
  private static final int IN_FLIGHT = 200;

  private final int port;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<SwarmSocket> sockets = new ArrayList<>();
  private final Histogram micros = new Histogram(60_000_000, 3);
  private CompletableFuture<Void> allJoined = new CompletableFuture<>();
  private int toConnect;
  private boolean slow;
  private int joining;
  private int acks;
  private int ended;

  Swarm(int port) {
    this.port = port;
  }

  /** Connects {@code count} more; returns when all are in the namespace. */
  void connect(int count, boolean slowReaders) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    inLoop(
        () -> {
          allJoined = done;
          toConnect = count;
          slow = slowReaders;
          for (int i = Math.min(IN_FLIGHT, count); i > 0; i--) {
            connectNext();
          }
          return 0;
        });
    done.get(80, TimeUnit.SECONDS);
  }

  private void connectNext() {
    if (toConnect == 0) {
      return;
    }
    toConnect--;
    joining++;
    SwarmSocket socket = new SwarmSocket(this, slow);
    sockets.add(socket);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(socket);
                  }
                });
    if (slow) {
      bootstrap.option(ChannelOption.SO_RCVBUF, 64 * 1024);
    }
    bootstrap
        .connect(InetAddress.getLoopbackAddress(), port)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                allJoined.completeExceptionally(connected.cause());
              }
            });
  }

  void onJoined() {
    joining--;
    connectNext();
    if (joining == 0) {
      allJoined.complete(null);
    }
  }

  void onTimed(long nanos) {
    micros.recordValue(Math.clamp(nanos / 1_000, 0, 60_000_000));
  }

  void onAck() {
    acks++;
  }

  void onEnd() {
    ended++;
  }

  /** Every socket asks once, {@code perSecond} of them. */
  void ask(int perSecond) throws Exception {
    int count = inLoop(sockets::size);
    long start = System.nanoTime();
    for (int i = 0; i < count; i += 10) {
      long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        java.util.concurrent.locks.LockSupport.parkNanos(left);
      }
      int from = i;
      inLoop(
          () -> {
            for (SwarmSocket socket : sockets.subList(from, Math.min(count, from + 10))) {
              socket.send("421[\"echo\",\"hello\"]");
            }
            return 0;
          });
    }
  }

  String report() throws Exception {
    return inLoop(
        () -> {
          int fewest = Integer.MAX_VALUE;
          int most = 0;
          int joined = 0;
          for (SwarmSocket socket : sockets) {
            if (socket.joined()) {
              joined++;
              fewest = Math.min(fewest, socket.timed());
              most = Math.max(most, socket.timed());
            }
          }
          return ("joined=%d ended=%d fewest=%d most=%d events=%d acks=%d"
                  + " p50-us=%d p99-us=%d max-us=%d")
              .formatted(
                  joined,
                  ended,
                  fewest,
                  most,
                  micros.getTotalCount(),
                  acks,
                  micros.getValueAtPercentile(50),
                  micros.getValueAtPercentile(99),
                  micros.getMaxValue());
        });
  }

  void reset() throws Exception {
    inLoop(
        () -> {
          micros.reset();
          sockets.forEach(SwarmSocket::reset);
          acks = 0;
          ended = 0;
          return 0;
        });
  }

  private <T> T inLoop(Callable<T> task) throws Exception {
    return group.next().submit(task).get(80, TimeUnit.SECONDS);
  }
}
