package io.realtime.socketio.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.testing.FakeLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmClockTest {
  private final FakeLoops loops = new FakeLoops(1);
  private final HomeLoop home = new HomeLoop(loops.loop(0));
  private final List<String> rung = new ArrayList<>();

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private Alarm set(String name, long inMillis) {
    Alarm alarm = home.alarm(() -> rung.add(name));
    loops.in(0, () -> alarm.setAt(home.nanoTime() + millis(inMillis)));
    return alarm;
  }

  @Test
  void set_timePasses_ringsAtMostOneGrainLateAndNeverEarly() {
    set("a", 55);

    loops.advanceMillis(54);
    assertThat(rung).isEmpty();

    loops.advanceMillis(1 + TimeUnit.NANOSECONDS.toMillis(AlarmClock.GRAIN_NANOS));
    assertThat(rung).containsExactly("a");
    assertThat(home.alarmCount()).isZero();
  }

  @Test
  void set_movedLater_ringsOnceAtTheNewInstant() {
    Alarm alarm = set("a", 50);
    loops.in(0, () -> alarm.setAt(home.nanoTime() + millis(500)));

    loops.advanceMillis(400);
    assertThat(rung).isEmpty();

    loops.advanceMillis(120);
    assertThat(rung).containsExactly("a");
  }

  @Test
  void set_movedEarlier_ringsOnceAtTheNewInstant() {
    Alarm alarm = set("a", 500);
    loops.in(0, () -> alarm.setAt(home.nanoTime() + millis(50)));

    loops.advanceMillis(1_000);

    assertThat(rung).containsExactly("a");
  }

  @Test
  void set_cancelled_neverRingsAndLeavesNothing() {
    Alarm alarm = set("a", 50);
    loops.in(0, alarm::cancel);

    loops.advanceMillis(1_000);

    assertThat(rung).isEmpty();
    assertThat(home.alarmCount()).isZero();
  }

  @Test
  void action_throws_theOthersRing() {
    Alarm failing =
        home.alarm(
            () -> {
              throw new IllegalStateException("planted");
            });
    loops.in(0, () -> failing.setAt(home.nanoTime() + millis(20)));
    set("b", 20);

    loops.advanceMillis(100);

    assertThat(rung).containsExactly("b");
  }

  @Test
  void manyAlarms_oneTimerOfTheLoop() {
    for (int i = 0; i < 100; i++) {
      set("a", 100 + i);
    }

    assertThat(loops.loop(0).timers()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomSetsMovesAndCancels_eachRingsExactlyWhenItShould(long seed) {
    Random random = new Random(seed);
    int count = 200;
    long[] due = new long[count];
    long[] rangAt = new long[count];
    List<Alarm> alarms = new ArrayList<>();
    long start = loops.loop(0).nanoTime();
    for (int i = 0; i < count; i++) {
      int index = i;
      alarms.add(home.alarm(() -> rangAt[index] = home.nanoTime() - start));
    }
    loops.in(
        0,
        () -> {
          for (int step = 0; step < 1_000; step++) {
            int index = random.nextInt(count);
            if (random.nextInt(4) == 0) {
              due[index] = 0;
              alarms.get(index).cancel();
            } else {
              due[index] = millis(1 + random.nextInt(300));
              alarms.get(index).setAt(start + due[index]);
            }
          }
        });

    loops.advanceMillis(400);

    for (int i = 0; i < count; i++) {
      if (due[i] == 0) {
        assertThat(rangAt[i]).as("seed %d, alarm %d", seed, i).isZero();
      } else {
        assertThat(rangAt[i])
            .as("seed %d, alarm %d", seed, i)
            .isBetween(due[i], due[i] + AlarmClock.GRAIN_NANOS);
      }
    }
    assertThat(home.alarmCount()).isZero();
  }

  @Test
  void flushLater_twoConnectionsAndOneThatThrows_eachFlushedOnceAtTheEndOfTheTurn() {
    loops.in(
        0,
        () -> {
          home.flushLater(() -> rung.add("a"), 0);
          home.flushLater(
              () -> {
                throw new IllegalStateException("planted");
              },
              0);
          home.flushLater(() -> rung.add("b"), 0);
          assertThat(rung).isEmpty();
        });

    assertThat(rung).containsExactly("a", "b");
  }
}
