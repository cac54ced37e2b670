package io.realtime.socketio.server.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopLongsTest {
  private static final int LOOPS = 3;

  private final LoopLongs numbers = new LoopLongs(LOOPS);

  @Test
  void fresh_everyLoopHasNone() {
    assertThat(numbers.sum()).isZero();
    assertThat(numbers.get(LOOPS - 1)).isZero();
  }

  @Test
  void setOnOneLoop_othersKeepTheirs() {
    numbers.set(0, 5);
    numbers.set(1, -7);
    numbers.set(0, 6);

    assertThat(numbers.get(0)).isEqualTo(6);
    assertThat(numbers.get(1)).isEqualTo(-7);
    assertThat(numbers.get(2)).isZero();
    assertThat(numbers.sum()).isEqualTo(-1);
  }

  @Test
  void addedByEachLoopAtOnce_nothingIsLost() throws Exception {
    List<Thread> loops = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      int loop = i;
      loops.add(
          Thread.startVirtualThread(
              () -> {
                for (int n = 0; n < 100_000; n++) {
                  numbers.add(loop, loop + 1);
                }
              }));
    }
    for (Thread loop : loops) {
      loop.join();
    }

    assertThat(numbers.get(2)).isEqualTo(300_000);
    assertThat(numbers.sum()).isEqualTo(600_000);
  }

  @Test
  void loopThatIsNot_isRefused() {
    assertThatThrownBy(() -> numbers.get(LOOPS)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
