package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What grows with the number of connections, counted rather than timed. */
class CostTest {
  private static final int LOOPS = 3;

  /** Its share of the list of connections to flush; far below the event's own size. */
  private static final int BYTES_PER_RECIPIENT = 32;

  private static final int ROUNDS = 20;

  private static final String PAYLOAD = "x".repeat(4_096);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Scene scene =
      Scene.settings()
          .loops(LOOPS)
          .heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20))
          .scene();
  private final List<RecordingChannel> clients = new ArrayList<>();

  private void connect(int count, int loop) {
    for (int i = 0; i < count; i++) {
      clients.add(scene.connectWebSocket(loop));
    }
  }

  private int[] waiting() {
    return scene.loops.all().stream().mapToInt(loop -> loop.waiting()).toArray();
  }

  @Test
  void broadcast_anyNumberOfRecipients_isOneTaskForEachLoopThatHasSome() {
    connect(100, 0);
    connect(1, 1);

    scene.core.of("/").emit("e");

    assertThat(waiting()).containsExactly(1, 1, 0);
    scene.loops.run();
    scene.core.of("/").to("nobody").emit("e");
    assertThat(waiting()).containsOnly(0);
  }

  @Test
  void connections_anyNumber_haveOneTimerOfTheirLoop() {
    connect(100, 0);
    connect(100, 1);

    assertThat(scene.loops.all()).extracting(loop -> loop.timers()).containsExactly(1, 1, 0);
  }

  @Test
  void broadcast_oneRecipientMore_costsItsLoopAQueueEntry() {
    connect(200, 0);
    long few = bytesOfABroadcast();
    connect(800, 0);
    long many = bytesOfABroadcast();

    assertThat((many - few) / 800).isLessThan(BYTES_PER_RECIPIENT);
    assertThat(clients).allMatch(client -> client.counted() >= ROUNDS);
  }

  /** Allocated by the loop from its task to the last write, once everything has grown. */
  private long bytesOfABroadcast() {
    clients.forEach(RecordingChannel::countOnly);
    return IntStream.range(0, ROUNDS).mapToLong(round -> bytesOnce()).min().orElseThrow();
  }

  private long bytesOnce() {
    scene.core.of("/").emit("e", PAYLOAD);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    scene.loops.run();
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    return bytes;
  }
}
