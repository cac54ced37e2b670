package io.realtime.socketio.netty.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the loops from a thread of its own, and says once for each stall what keeps the loop
 * from answering: whoever reads the log afterwards has no other way to know. Any thread.
 */
final class StallWatch {
  /** A loop that has not answered for so long is stalled. */
  static final Duration STALL = Duration.ofSeconds(1);

  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Logger log = LoggerFactory.getLogger(StallWatch.class);

  private final List<NettyLoop> loops;
  private final boolean[] told;
  private final LongAdder stalls = new LongAdder();
  private final Thread thread;
  private volatile boolean ended;

  StallWatch(List<NettyLoop> loops) {
    this.loops = loops;
    this.told = new boolean[loops.size()];
    this.thread = Thread.ofPlatform().daemon().name("socketio-stall-watch").unstarted(this::watch);
  }

  StallWatch start() {
    thread.start();
    return this;
  }

  /** How many there were. */
  long stalls() {
    return stalls.sum();
  }

  void end() {
    ended = true;
    LockSupport.unpark(thread);
  }

  private void watch() {
    while (!ended) {
      loops.forEach(this::look);
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  private void look(NettyLoop loop) {
    Duration stall = Duration.ofNanos(loop.probe());
    boolean stalled = stall.compareTo(STALL) >= 0;
    if (stalled && !told[loop.index()]) {
      stalls.increment();
      log.warn(
          "Event loop {} has not answered for {} ms; all its connections wait for:{}",
          loop.index(),
          stall.toMillis(),
          stackOf(loop));
    }
    told[loop.index()] = stalled;
  }

  private static String stackOf(NettyLoop loop) {
    return loop.thread()
        .map(Thread::getStackTrace)
        .map(stack -> Stream.of(stack).map(at -> "\n    at " + at).collect(Collectors.joining()))
        .orElse(" an unknown task");
  }
}
