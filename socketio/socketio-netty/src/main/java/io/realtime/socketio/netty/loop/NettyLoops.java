package io.realtime.socketio.netty.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of one server and the transport that they run on. Any thread. */
public final class NettyLoops {
  private static final Logger log = LoggerFactory.getLogger(NettyLoops.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final NativeTransport transport;
  private final EventLoopGroup group;
  private final List<NettyLoop> loops;
  private final StallWatch watch;

  /**
   * @param handlers the transport of each event loop of the group
   */
  private NettyLoops(
      NativeTransport transport, EventLoopGroup group, Map<Executor, TurningIoHandler> handlers) {
    this.transport = transport;
    this.group = group;
    List<NettyLoop> wrapped = new ArrayList<>();
    for (EventExecutor executor : group) {
      TurningIoHandler handler = Objects.requireNonNull(handlers.get(executor));
      wrapped.add(new NettyLoop(wrapped.size(), (EventLoop) executor, handler));
    }
    this.loops = List.copyOf(wrapped);
    this.watch = new StallWatch(loops).start();
  }

  /**
   * Starts {@code count} loops on the first of {@code candidates} that works here.
   *
   * @throws IllegalStateException when none works, naming them
   */
  public static NettyLoops start(List<NativeTransport> candidates, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("loops: " + count + " (expected: at least 1)");
    }
    for (NativeTransport candidate : candidates) {
      if (!candidate.available()) {
        log.debug("Transport {} is not available", candidate.wireName());
        continue;
      }
      try {
        IoHandlerFactory transport = candidate.handlers();
        Map<Executor, TurningIoHandler> handlers = new HashMap<>();
        EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(
                count,
                new DefaultThreadFactory("socketio-" + candidate.wireName(), true),
                executor -> {
                  TurningIoHandler handler = new TurningIoHandler(transport.newHandler(executor));
                  handlers.put(executor, handler);
                  return handler;
                });
        log.info("Event loops: {} on {}", count, candidate.wireName());
        return new NettyLoops(candidate, group, handlers);
      } catch (RuntimeException | LinkageError failure) {
        log.warn("Transport {} does not start: {}", candidate.wireName(), failure.toString());
      }
    }
    throw new IllegalStateException("no transport works on this machine, tried: " + candidates);
  }

  public NativeTransport transport() {
    return transport;
  }

  /** For binding listeners; connections are spread over all loops. */
  public EventLoopGroup group() {
    return group;
  }

  /** The loop at position i has index i. */
  public List<NettyLoop> loops() {
    return loops;
  }

  /** The loop that wraps {@code eventLoop}, one of this group's. */
  public NettyLoop of(EventLoop eventLoop) {
    for (NettyLoop loop : loops) {
      if (loop.eventLoop().equals(eventLoop)) {
        return loop;
      }
    }
    throw new IllegalArgumentException("not a loop of this server");
  }

  /**
   * How long the slowest loop has kept a probe waiting. Every call sends a probe to each loop that
   * owes no answer, so a loop that hangs is seen by the second call and grows with every further
   * one: ask once in a few seconds.
   */
  public Duration longestStall() {
    long longest = 0;
    for (NettyLoop loop : loops) {
      longest = Math.max(longest, loop.probe());
    }
    return Duration.ofNanos(longest);
  }

  /**
   * Stalls of 1 s or more so far. The log has a warning for each, with the stack of the loop as it
   * was then.
   */
  public long stalls() {
    return watch.stalls();
  }

  /** Ends the loops and whatever is still connected on them. */
  public CompletionStage<Void> close() {
    watch.end();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    group
        .shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .addListener(ended -> closed.complete(null));
    return closed;
  }
}
