package io.realtime.socketio.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.testing.FakeLoops;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeLoopTest {
  private final FakeLoops loops = new FakeLoops(1);
  private final HomeLoop home = new HomeLoop(loops.loop(0));
  private final List<String> flushed = new ArrayList<>();

  @Test
  void connectionsOfOneTurn_flushed_areFlushedOnceInOrder() {
    later("a", "b");

    assertThat(flushed).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {IllegalStateException.class, AssertionError.class, NoClassDefFoundError.class})
  void flushThatThrows_endsNeitherItsTurnNorTheNext(Class<? extends Throwable> kind) {
    loops.in(
        0,
        () -> {
          home.flushLater(() -> fail(kind), 0);
          home.flushLater(() -> flushed.add("same turn"), 0);
        });
    later("next turn");
    later("turn after that");

    assertThat(flushed).containsExactly("same turn", "next turn", "turn after that");
  }

  @Test
  void manyRecipients_areFlushedWhileWarm_andTheRestAtTheEnd() {
    loops.in(
        0,
        () -> {
          for (int i = 0; i < FlushQueue.WARM; i++) {
            assertThat(flushed).isEmpty();
            home.flushLater(() -> flushed.add("warm"), 0);
            home.flushWarm();
          }
          assertThat(flushed).hasSize(FlushQueue.WARM);
          home.flushLater(() -> flushed.add("rest"), 0);
          home.flushWarm();
          assertThat(flushed).hasSize(FlushQueue.WARM);
        });
    loops.advanceMillis(1);

    assertThat(flushed).hasSize(FlushQueue.WARM + 1).endsWith("rest");
  }

  @Test
  void manyRecipients_whileMoreWaits_areFlushedOnceAtTheEnd() {
    loops.in(
        0,
        () -> {
          home.enqueue(() -> flushed.add("step"));
          for (int i = 0; i < 2 * FlushQueue.WARM; i++) {
            home.flushLater(() -> flushed.add("late"), 0);
            home.flushWarm();
          }
          assertThat(flushed).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void flushes_atTheBoundOfATurn_areAllOfIt_andOneMoreHasTheNext(boolean warm) {
    loops
        .loop(0)
        .execute(
            () -> {
              for (int i = 0; i <= FlushQueue.FLUSHES_OF_A_TURN; i++) {
                home.flushLater(() -> flushed.add("turn " + loops.loop(0).turns()), 0);
                if (warm) {
                  home.flushWarm();
                }
              }
            });
    loops.runTurn();
    assertThat(flushed).hasSize(FlushQueue.FLUSHES_OF_A_TURN).containsOnly("turn 0");

    loops.run();
    assertThat(flushed).hasSize(FlushQueue.FLUSHES_OF_A_TURN + 1).endsWith("turn 1");
  }

  @Test
  void taskOfALoop_betweenTheTurnsOfFlushes_doesNotWaitForThem() {
    loops
        .loop(0)
        .execute(
            () -> {
              for (int i = 0; i < 3 * FlushQueue.FLUSHES_OF_A_TURN; i++) {
                home.flushLater(() -> flushed.add("flush"), 0);
              }
            });
    loops.runTurn();
    loops.loop(0).execute(() -> flushed.add("task"));
    loops.nextTurns();
    loops.runTurn();

    assertThat(flushed).hasSize(2 * FlushQueue.FLUSHES_OF_A_TURN + 1);
    assertThat(flushed.indexOf("task")).isEqualTo(FlushQueue.FLUSHES_OF_A_TURN);
  }

  private void later(String... names) {
    loops.in(
        0,
        () -> {
          for (String name : names) {
            home.flushLater(() -> flushed.add(name), 0);
          }
        });
    loops.advanceMillis(1);
  }

  private static void fail(Class<? extends Throwable> kind) {
    if (kind == NoClassDefFoundError.class) {
      throw new NoClassDefFoundError("planted");
    }
    if (kind == AssertionError.class) {
      throw new AssertionError("planted");
    }
    throw new IllegalStateException("planted");
  }
}
