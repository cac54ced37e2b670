package io.realtime.verification.bench.delivery;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plain WebSockets that send a ping every few milliseconds: an event loop answers each at once, so
 * the longest answer bounds the longest stall of a loop, with what the machine adds. Beside it, how
 * late a thread wakes up that only wants to sleep. Any thread may call.
 */
final class StallProbe implements AutoCloseable {
  private static final int SOCKETS = 4;
  private static final long PAUSE_NANOS = 5_000_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Pinger> pingers = new ArrayList<>();
  private final AtomicLong bystander = new AtomicLong();
  private volatile boolean ended;

  StallProbe(int port) {
    for (int i = 0; i < SOCKETS; i++) {
      Pinger pinger = new Pinger();
      URI address = URI.create("ws://127.0.0.1:" + port + "/ws?userId=probe-" + i);
      WebSocket socket = http.newWebSocketBuilder().buildAsync(address, pinger).join();
      pingers.add(pinger);
      Thread.ofPlatform().daemon().name("probe-" + i).start(() -> pinger.run(socket));
    }
    Thread.ofPlatform().daemon().name("bystander").start(this::standBy);
  }

  /** Forgets what it has measured. */
  void reset() {
    pingers.forEach(pinger -> pinger.longest.set(0));
    bystander.set(0);
  }

  /** The longest answer, in milliseconds. */
  double longestMillis() {
    return pingers.stream().mapToLong(pinger -> pinger.longest.get()).max().orElse(0) / 1e6;
  }

  /** By how much the machine delayed a thread that slept, at most, in milliseconds. */
  double bystanderMillis() {
    return bystander.get() / 1e6;
  }

  private void standBy() {
    while (!ended) {
      long slept = System.nanoTime();
      LockSupport.parkNanos(PAUSE_NANOS);
      bystander.accumulateAndGet(System.nanoTime() - slept - PAUSE_NANOS, Math::max);
    }
  }

  @Override
  public void close() {
    ended = true;
    http.shutdownNow();
  }

  private final class Pinger implements WebSocket.Listener {
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();

    void run(WebSocket socket) {
      while (!ended) {
        if (asked.compareAndSet(0, System.nanoTime())) {
          var _ = socket.sendPing(ByteBuffer.allocate(0));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      longest.accumulateAndGet(System.nanoTime() - asked.getAndSet(0), Math::max);
      socket.request(1);
      return null;
    }
  }
}
