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
          home.flushLater(() -> fail(kind));
          home.flushLater(() -> flushed.add("same turn"));
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
          for (int i = 0; i < HomeLoop.WARM; i++) {
            assertThat(flushed).isEmpty();
            home.flushLater(() -> flushed.add("warm"));
            home.flushWarm();
          }
          assertThat(flushed).hasSize(HomeLoop.WARM);
          home.flushLater(() -> flushed.add("rest"));
          home.flushWarm();
          assertThat(flushed).hasSize(HomeLoop.WARM);
        });
    loops.advanceMillis(1);

    assertThat(flushed).hasSize(HomeLoop.WARM + 1).endsWith("rest");
  }

  @Test
  void manyRecipients_whileMoreWaits_areFlushedOnceAtTheEnd() {
    loops.in(
        0,
        () -> {
          home.enqueue(() -> flushed.add("step"));
          for (int i = 0; i < 2 * HomeLoop.WARM; i++) {
            home.flushLater(() -> flushed.add("late"));
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
              for (int i = 0; i <= HomeLoop.FLUSHES_OF_A_TURN; i++) {
                home.flushLater(() -> flushed.add("turn " + loops.loop(0).turns()));
                if (warm) {
                  home.flushWarm();
                }
              }
            });
    loops.runTurn();
    assertThat(flushed).hasSize(HomeLoop.FLUSHES_OF_A_TURN).containsOnly("turn 0");

    loops.run();
    assertThat(flushed).hasSize(HomeLoop.FLUSHES_OF_A_TURN + 1).endsWith("turn 1");
  }

  @Test
  void taskOfALoop_betweenTheTurnsOfFlushes_doesNotWaitForThem() {
    loops
        .loop(0)
        .execute(
            () -> {
              for (int i = 0; i < 3 * HomeLoop.FLUSHES_OF_A_TURN; i++) {
                home.flushLater(() -> flushed.add("flush"));
              }
            });
    loops.runTurn();
    loops.loop(0).execute(() -> flushed.add("task"));
    loops.nextTurns();
    loops.runTurn();

    assertThat(flushed).hasSize(2 * HomeLoop.FLUSHES_OF_A_TURN + 1);
    assertThat(flushed.indexOf("task")).isEqualTo(HomeLoop.FLUSHES_OF_A_TURN);
  }

  private void later(String... names) {
    loops.in(
        0,
        () -> {
          for (String name : names) {
            home.flushLater(() -> flushed.add(name));
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
