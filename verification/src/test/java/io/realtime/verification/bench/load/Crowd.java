package io.realtime.verification.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * All clients of one server, on one thread. The other methods are for one other thread, which is
 * told of the first failure by each of them.
 */
public final class Crowd implements AutoCloseable {
  /** Connections that are being made at a time: the listener's queue is bounded. */
  private static final int CONNECTING = 200;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long HIGHEST_LATENCY_NANOS = Duration.ofSeconds(60).toNanos();

  private final Dialect dialect;
  private final InetSocketAddress server;
  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Client> clients = new ArrayList<>();
  private final Map<Integer, Memory> memories = new HashMap<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private final Object progress = new Object();

  private int wanted;
  private int readyCount;
  private long eventCount;
  private @Nullable Histogram latencies;
  private volatile int ready;
  private volatile long events;
  private volatile boolean closed;

  public Crowd(Dialect dialect, int port) throws IOException {
    this.dialect = dialect;
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.selector = Selector.open();
    this.thread = Thread.ofPlatform().name("crowd").start(this::run);
  }

  /** A run that is no measure: a client failed, or an event did not come. */
  public static final class BrokenRun extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public BrokenRun(String message) {
      super(message);
    }
  }

  // ---- for the other thread

  /** Has {@code count} clients, the users 0 to {@code count} - 1, connected and ready. */
  public void resize(int count) {
    int before = ready;
    execute(
        () -> {
          wanted = count;
          while (clients.size() > count) {
            clients.removeLast().close();
            readyCount--;
          }
          connectMore();
        });
    await("clients: " + count, () -> ready == count);
    if (count > before) {
      settle();
    }
  }

  /** Waits until nothing more comes, such as what a server sends behind the last connection. */
  private void settle() {
    long seen = -1;
    while (seen != events) {
      seen = events;
      onThread(() -> null);
    }
  }

  /** Events that all clients have got so far. */
  public long events() {
    return events;
  }

  public void awaitEvents(long count) {
    await("events: " + count, () -> events >= count);
  }

  /** Throws unless every client has got as many events as the first one since the crowd began. */
  public void checkEvents(int from, int to, long each, long[] before) {
    long[] now = eventsOfEach();
    for (int user = from; user < to; user++) {
      if (now[user] - before[user] != each) {
        throw new BrokenRun(
            "user "
                + user
                + " got "
                + (now[user] - before[user])
                + " events (expected: "
                + each
                + ")");
      }
    }
  }

  /** How many clients were told at their last connection that their session was recovered. */
  public long recovered() {
    return onThread(() -> memories.values().stream().filter(Memory::recovered).count());
  }

  public long[] eventsOfEach() {
    return onThread(() -> clients.stream().mapToLong(Client::events).toArray());
  }

  /** Measures, from now on, how long after its stamp an event has come. */
  public void startTiming() {
    onThread(
        () -> {
          latencies = new Histogram(HIGHEST_LATENCY_NANOS, 3);
          return null;
        });
  }

  public Histogram stopTiming() {
    return onThread(
        () -> {
          Histogram measured = latencies;
          latencies = null;
          return measured == null ? new Histogram(HIGHEST_LATENCY_NANOS, 3) : measured;
        });
  }

  @Override
  public void close() {
    resize(0);
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await(String what, java.util.function.BooleanSupplier reached) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    synchronized (progress) {
      while (!reached.getAsBoolean()) {
        checkFailure();
        long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new BrokenRun(
              "timed out at " + ready + " clients, " + events + " events (expected: " + what + ")");
        }
        try {
          progress.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new BrokenRun("interrupted");
        }
      }
    }
    checkFailure();
  }

  private void checkFailure() {
    String met = failure.get();
    if (met != null) {
      throw new BrokenRun(met);
    }
  }

  private <T extends @Nullable Object> T onThread(java.util.function.Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    execute(() -> answer.complete(call.get()));
    return answer.join();
  }

  private void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  // ---- the crowd's thread

  private void run() {
    try {
      while (!closed) {
        selector.select(this::onKey);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        publish();
      }
      selector.close();
    } catch (IOException | RuntimeException broken) {
      fail("the crowd's thread: " + broken);
    }
  }

  /** One lock for all that one turn has brought. */
  private void publish() {
    if (ready != readyCount || events != eventCount || failure.get() != null) {
      synchronized (progress) {
        ready = readyCount;
        events = eventCount;
        progress.notifyAll();
      }
    }
  }

  private void onKey(SelectionKey key) {
    Client client = (Client) key.attachment();
    try {
      if (key.isConnectable()) {
        client.onConnected();
        key.interestOps(SelectionKey.OP_READ);
      } else if (key.isReadable()) {
        client.onReadable(in);
      }
    } catch (IOException broken) {
      client.fail(String.valueOf(broken.getMessage()));
    }
  }

  private void connectMore() {
    while (clients.size() < wanted && clients.size() - readyCount < CONNECTING) {
      try {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Client client = new Client(this, channel, dialect, clients.size());
        clients.add(client);
        if (channel.connect(server)) {
          channel.register(selector, SelectionKey.OP_READ, client);
          client.onConnected();
        } else {
          channel.register(selector, SelectionKey.OP_CONNECT, client);
        }
      } catch (IOException broken) {
        fail("a connection: " + broken.getMessage());
        return;
      }
    }
  }

  Memory memory(int user) {
    return memories.computeIfAbsent(user, fresh -> new Memory());
  }

  void onReady() {
    readyCount++;
    connectMore();
  }

  void onEvent() {
    eventCount++;
  }

  boolean timing() {
    return latencies != null;
  }

  void onStamp(long stamp) {
    Histogram running = latencies;
    if (running != null) {
      running.recordValue(Math.clamp(System.nanoTime() - stamp, 0, HIGHEST_LATENCY_NANOS));
    }
  }

  void fail(String what) {
    failure.compareAndSet(null, what);
  }
}
