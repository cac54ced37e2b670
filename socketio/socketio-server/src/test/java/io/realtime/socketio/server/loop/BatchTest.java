package io.realtime.socketio.server.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.socketio.server.testing.FakeLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
  private final FakeLoops loops = new FakeLoops(2);
  private final HomeLoop first = new HomeLoop(loops.loop(0));
  private final HomeLoop second = new HomeLoop(loops.loop(1));
  private final List<Integer> ran = new ArrayList<>();

  private void steps(HomeLoop home, int count) {
    IntStream.range(0, count).forEach(i -> home.step(() -> ran.add(i)));
  }

  @Test
  void batch_wakesEachLoopOnce_behindIt_inOrder() {
    Batch.run(
        () -> {
          steps(first, 3);
          steps(second, 1);
          assertThat(loops.loop(0).waiting()).isZero();
        });
    assertThat(loops.loop(0).waiting()).isEqualTo(1);
    assertThat(loops.loop(1).waiting()).isEqualTo(1);

    loops.run();

    assertThat(ran).containsExactly(0, 1, 2, 0);
  }

  @Test
  void batchAtItsLimit_wakesTheLoop_whileItGoesOn() {
    Batch.run(
        () -> {
          steps(first, Batch.STEPS - 1);
          assertThat(loops.loop(0).waiting()).isZero();
          steps(first, 1);
          assertThat(loops.loop(0).waiting()).isEqualTo(1);
        });
  }

  @Test
  void batchWithinABatch_endsWithTheOuterOne() {
    Batch.run(
        () -> {
          Batch.run(() -> steps(first, 1));
          assertThat(loops.loop(0).waiting()).isZero();
        });
    assertThat(loops.loop(0).waiting()).isEqualTo(1);
  }

  @Test
  void batchThatThrows_handsOverWhatItHas() {
    assertThatThrownBy(
            () ->
                Batch.run(
                    () -> {
                      steps(first, 1);
                      throw new IllegalStateException("planted");
                    }))
        .isInstanceOf(IllegalStateException.class);

    loops.run();

    assertThat(ran).containsExactly(0);
  }

  @Test
  void batchOnTheLoopItself_runsAtOnce() {
    loops.in(0, () -> Batch.run(() -> steps(first, 2)));

    assertThat(ran).containsExactly(0, 1);
  }
}
