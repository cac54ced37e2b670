package io.realtime.verification.load;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.ResourceLeakDetector;
import io.realtime.socketio.netty.ListenerOptions;
import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.ServerOptions.OutboundLimits;
import io.realtime.socketio.server.api.ServerStats;
import io.realtime.socketio.server.api.Socket;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A server under test: every socket joins one of {@value #ROOMS} rooms, an event {@code echo} is
 * acknowledged. Arguments: the port, 0 for any, both halves of the heartbeat in seconds, and {@code
 * recovery} to have it.
 */
final class ServerMain {
  static final int ROOMS = 100;
  static final int MIB = 1024 * 1024;

  /** The bounds of one client's queue. */
  static final OutboundLimits BOUNDS = new OutboundLimits(MIB, 1_000, Duration.ofSeconds(10));

  static final int SEND_BUFFER = 256 * 1024;

  private static final ListAppender<ILoggingEvent> LEAKS = new ListAppender<>();

  private final NettySocketIoServer server;
  private final Namespace main;
  private final AtomicInteger joined = new AtomicInteger();
  private final Map<Long, Executor> loops = new ConcurrentHashMap<>();
  private @Nullable LoopProbe probe;

  private ServerMain(int port, Duration heartbeat, boolean recovery) {
    ServerOptions.Builder options =
        ServerOptions.builder().outbound(BOUNDS).heartbeat(heartbeat, heartbeat);
    if (recovery) {
      options.connectionStateRecovery(ConnectionStateRecovery.inMemory());
    }
    server =
        NettySocketIoServer.builder()
            .listener(
                ListenerOptions.defaults()
                    .withAddress("127.0.0.1", port)
                    .withSendBuffer(SEND_BUFFER))
            .options(options.build())
            .build();
    main = server.of("/");
    main.onConnection(this::onConnection);
  }

  public static void main(String[] arguments) throws Exception {
    LEAKS.start();
    ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(LEAKS);
    ServerMain self =
        new ServerMain(
            Integer.parseInt(arguments[0]),
            Duration.ofSeconds(Integer.parseInt(arguments[1])),
            arguments.length > 2);
    self.server.start();
    Lines.serve(self.server.port() + " " + self.server.transportName(), self::run);
    System.exit(0);
  }

  private void onConnection(Socket socket) {
    loops.putIfAbsent(Thread.currentThread().threadId(), socket.loop());
    socket.join("room-" + joined.getAndIncrement() % ROOMS);
    socket.on("echo", event -> event.ack().send(event.arguments().toArray()));
  }

  private String run(String command, int[] numbers) {
    return switch (command) {
      case "broadcast" -> broadcast(numbers[0], numbers[1], numbers[2]);
      case "stream" -> stream(numbers[0]);
      case "probe" -> {
        probe = new LoopProbe(new ArrayList<>(loops.values()));
        yield "loops=" + loops.size();
      }
      case "stalls" -> {
        LoopProbe current = java.util.Objects.requireNonNull(probe);
        current.close();
        yield current.report();
      }
      case "stats" -> stats();
      case "memory" -> memory();
      default -> throw new IllegalArgumentException(command);
    };
  }

  /** {@code count} events of {@code size} bytes, {@code perSecond}; every tenth to a room too. */
  private String broadcast(int count, int size, int perSecond) {
    String padding = "x".repeat(size);
    long start = System.nanoTime();
    for (int number = 0; number < count; number++) {
      long due = start + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      main.emit("t", System.nanoTime(), padding);
      main.to("room-" + number % ROOMS).emit("room", number);
    }
    return "sent=" + count;
  }

  /** Numbers from 0, each with the name of this process, {@code perSecond} and without end. */
  private String stream(int perSecond) {
    long process = ProcessHandle.current().pid();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              for (int number = 0; ; number++) {
                main.emit("n", Map.of("process", process, "number", number));
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / perSecond);
              }
            });
    return "streaming";
  }

  private String stats() {
    ServerStats stats = server.stats();
    StringBuilder line = new StringBuilder();
    line.append("connections=").append(server.connectionCount());
    line.append(" tcp=").append(server.tcpConnectionCount());
    line.append(" sockets=").append(stats.sockets());
    line.append(" unconnected=").append(stats.unconnected());
    for (int room = 0, members = 0; room < ROOMS; room++) {
      members += main.localRoomSize("room-" + room);
      if (room == ROOMS - 1) {
        line.append(" members=").append(members);
      }
    }
    stats
        .closes()
        .forEach(
            (reason, count) ->
                line.append(' ').append(reason.text().replace(' ', '-')).append('=').append(count));
    return line.toString();
  }

  /** What is in use once the garbage is gone: heap, Netty's direct memory, and reported leaks. */
  @SuppressWarnings("GarbageCollectorCall")
  private static String memory() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      List<ByteBuf> fresh = new ArrayList<>(); // a leak is reported when the next one is made
      for (int j = 0; j < 20; j++) {
        fresh.add(ByteBufAllocator.DEFAULT.directBuffer(16));
      }
      fresh.forEach(ByteBuf::release);
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long direct =
        ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
            ? provider.metric().usedDirectMemory()
            : -1;
    return "heap-kib=%d direct-kib=%d leaks=%d"
        .formatted(heap / 1024, direct / 1024, LEAKS.list.size());
  }
}
