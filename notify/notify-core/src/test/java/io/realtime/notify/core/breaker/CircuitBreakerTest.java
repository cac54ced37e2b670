package io.realtime.notify.core.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.breaker.CircuitBreaker.State;
import io.realtime.notify.core.fakes.FakeClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State of the breaker x what happens to it. */
class CircuitBreakerTest {
  private final FakeClock clock = new FakeClock();
  private final CircuitBreaker breaker = new CircuitBreaker(clock, new Random(1));

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.onFailure("disk full");
    }
  }

  private void succeed(int times) {
    for (int i = 0; i < times; i++) {
      breaker.onSuccess();
    }
  }

  @Test
  void closed_fourFailuresInARow_staysClosedAndTheFifthOpens() {
    fail(4);
    assertThat(breaker.isClosed()).isTrue();
    fail(1);

    assertThat(breaker.state())
        .isInstanceOfSatisfying(
            State.Open.class, open -> assertThat(open.reason()).isEqualTo("disk full"));
  }

  @Test
  void closed_successBetweenFailures_startsTheRowAgain() {
    fail(4);
    succeed(1);
    fail(4);

    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void closed_halfOfTenCallsInTheWindow_opensAndOfNine_doesNot() {
    for (int i = 0; i < 4; i++) {
      succeed(1);
      fail(1);
    }
    succeed(1);
    assertThat(breaker.isClosed()).as("4 of 9").isTrue();
    fail(1);

    assertThat(breaker.isClosed()).as("5 of 10").isFalse();
  }

  @Test
  void closed_lessThanHalf_staysClosed() {
    for (int i = 0; i < 100; i++) {
      succeed(2);
      fail(1);
    }

    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void closed_failuresOlderThanTheWindow_doNotCount() {
    for (int i = 0; i < 4; i++) {
      fail(1);
      succeed(1);
    }
    clock.advance(CircuitBreaker.WINDOW.plusMillis(1));
    succeed(5);
    fail(4);

    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void open_beforeTheProbeIsDue_givesNoneAndThenExactlyOne() {
    fail(5);
    clock.advance(CircuitBreaker.FIRST_PROBE.minusMillis(1));
    assertThat(breaker.takeProbe()).isFalse();
    clock.advance(Duration.ofMillis(1));

    assertThat(breaker.takeProbe()).isTrue();
    assertThat(breaker.takeProbe()).isFalse();
    assertThat(breaker.isClosed()).isFalse();
  }

  @Test
  void halfOpen_probeSucceeded_closesAndCountsAfresh() {
    fail(5);
    clock.advance(CircuitBreaker.LAST_PROBE);
    assertThat(breaker.takeProbe()).isTrue();

    breaker.onProbe("");

    assertThat(breaker.isClosed()).isTrue();
    fail(4);
    assertThat(breaker.isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void halfOpen_probeFailed_waitsLongerButNeverLongerThanFiveSeconds(long seed) {
    CircuitBreaker seeded = new CircuitBreaker(clock, new Random(seed));
    for (int i = 0; i < 5; i++) {
      seeded.onFailure("x");
    }
    for (int probe = 0; probe < 20; probe++) {
      State.Open open = (State.Open) seeded.state();
      Duration wait = Duration.between(clock.instant(), open.probeAt());
      assertThat(wait)
          .as("seed %d, probe %d", seed, probe)
          .isBetween(CircuitBreaker.FIRST_PROBE, CircuitBreaker.LAST_PROBE);
      clock.advance(wait);
      assertThat(seeded.takeProbe()).isTrue();
      seeded.onProbe("still " + probe);
    }
    assertThat(((State.Open) seeded.state()).reason()).isEqualTo("still 19");
  }

  @Test
  void open_lateOutcomesOfEarlierCalls_changeNothing() {
    fail(5);
    State before = breaker.state();

    succeed(10);
    fail(10);
    breaker.onProbe("");

    assertThat(breaker.state()).isEqualTo(before);
  }
}
