package io.realtime.socketio.server.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteQueueTest {
  private final ByteQueue queue = new ByteQueue();

  private record Added(long place, byte[] bytes) {}

  private Added add(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new Added(queue.add(bytes), bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomUse_everythingKeptIsReadAsItWasAdded(long seed) {
    Random random = new Random(seed);
    Deque<Added> kept = new ArrayDeque<>();
    int target = 1_000;
    for (int step = 0; step < 20_000; step++) {
      int longest = random.nextInt(100) == 0 ? ByteQueue.LONGEST : 400;
      kept.add(add(random, random.nextInt(longest + 1)));
      if (random.nextInt(500) == 0) {
        target = random.nextInt(3_000);
      }
      while (kept.size() > target && kept.size() > 1) {
        kept.remove();
      }
      queue.removeBefore(kept.getFirst().place());
      if (random.nextInt(1_000) == 0) {
        queue.clear();
        kept.clear();
        assertThat(queue.capacity()).isZero();
      } else if (random.nextInt(200) == 0) {
        for (Added one : kept) {
          assertThat(queue.get(one.place(), one.bytes().length)).isEqualTo(one.bytes());
        }
      }
    }
  }

  @Test
  void firstString_takesLittle() {
    add(new Random(1), 100);

    assertThat(queue.capacity()).isEqualTo(ByteQueue.SMALLEST);
  }

  @Test
  void window_thatGoesOnAndOn_takesNoMoreThanItNeeds() {
    Random random = new Random(1);
    Deque<Added> kept = new ArrayDeque<>();
    for (int step = 0; step < 100_000; step++) {
      kept.add(add(random, 200));
      if (kept.size() > 10_000) {
        kept.remove();
        queue.removeBefore(kept.getFirst().place());
      }
    }

    // 2 MB, the ends of the arrays, the first and the last one in part, and the spare one
    assertThat(queue.capacity()).isLessThanOrEqualTo(2_000_000 + 3L * ByteQueue.LARGEST);
  }
}
