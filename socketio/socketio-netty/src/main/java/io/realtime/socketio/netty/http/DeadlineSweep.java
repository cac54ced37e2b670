package io.realtime.socketio.netty.http;

import io.realtime.socketio.netty.loop.NettyLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at all HTTP connections of one loop four times a second, instead of keeping timers for
 * each. Sleeps while there are none.
 */
public final class DeadlineSweep {
  /** How late a deadline may be noticed. */
  static final Duration INTERVAL = Duration.ofMillis(250);

  private final NettyLoop loop;
  private final Set<HttpConnection> connections = new HashSet<>();
  private boolean scheduled;

  public DeadlineSweep(NettyLoop loop) {
    this.loop = loop;
  }

  void add(HttpConnection connection) {
    connections.add(connection);
    scheduleNext();
  }

  void remove(HttpConnection connection) {
    connections.remove(connection);
  }

  /**
   * Ends what waits for a request, and lets what is being answered be the last on its connection.
   */
  public void drain() {
    snapshot().forEach(HttpConnection::drain);
  }

  /** Ends everything. */
  public void closeAll() {
    snapshot().forEach(HttpConnection::abort);
  }

  private void sweep() {
    scheduled = false;
    long now = loop.nanoTime();
    for (HttpConnection connection : snapshot()) {
      connection.checkDeadlines(now);
    }
    scheduleNext();
  }

  private void scheduleNext() {
    if (!scheduled && !connections.isEmpty()) {
      scheduled = true;
      loop.schedule(INTERVAL.toNanos(), this::sweep);
    }
  }

  private List<HttpConnection> snapshot() {
    return new ArrayList<>(connections);
  }
}
