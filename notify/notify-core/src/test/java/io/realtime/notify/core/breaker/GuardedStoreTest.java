package io.realtime.notify.core.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.fakes.FakeClock;
import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.testing.FaultyStore;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class GuardedStoreTest {
  private final FakeClock clock = new FakeClock();
  private final FaultyStore store = new FaultyStore(clock);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final GuardedStore guarded = new GuardedStore(store, clock, new Random(1), registry);

  private static boolean failed(CompletionStage<?> call) {
    return call.handle((done, failure) -> failure instanceof StoreUnavailableException)
        .toCompletableFuture()
        .join();
  }

  private void open() {
    store.away(true);
    for (int i = 0; i < 5; i++) {
      assertThat(failed(guarded.connect(Arrival.first("u", "p")))).isTrue();
    }
  }

  @Test
  void storeAway_fiveCalls_openTheCircuitAndTheSixthIsNotTried() {
    open();
    int calls = store.calls();

    assertThat(failed(guarded.connect(Arrival.first("u", "p")))).isTrue();
    assertThat(failed(guarded.all())).isTrue();
    assertThat(failed(guarded.claim("k", "b"))).isTrue();

    assertThat(store.calls()).isEqualTo(calls);
    assertThat(registry.counter("realtime.store.refused").count()).isEqualTo(3);
    assertThat(registry.get("realtime.store.circuit.open").gauge().value()).isEqualTo(1);
  }

  @Test
  void open_reads_stillGoThrough() {
    open();
    store.away(false);

    assertThat(failed(guarded.position("u"))).isFalse();
    assertThat(failed(guarded.page("u", new PageRequest(0, 1, 1, Backlog.everything())))).isFalse();
  }

  @Test
  void storeBack_within5Seconds_writesGoThroughAgain() {
    open();
    for (int i = 0; i < 240; i++) {
      clock.advance(Duration.ofMillis(250));
      guarded.sweep();
    }
    assertThat(guarded.health(() -> "fine").status()).isEqualTo(Health.Status.DEGRADED);
    store.away(false);

    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofMillis(250));
      guarded.sweep();
    }

    assertThat(failed(guarded.connect(Arrival.first("u", "p")))).isFalse();
    assertThat(guarded.health(() -> "fine")).isEqualTo(new Health(Health.Status.OK, "fine"));
  }

  @Test
  void open_health_saysSinceWhenAndWhy() {
    open();
    clock.advance(Duration.ofSeconds(42));

    Health health = guarded.health(() -> "fine");

    assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
    assertThat(health.detail()).contains("42 s", "away", "none is lost");
  }

  @Test
  void failuresOfTheCall_neverOpenTheCircuit() {
    store.refuseAll(new IllegalArgumentException("bad"));

    for (int i = 0; i < 100; i++) {
      assertThat(failed(guarded.connect(Arrival.first("u", "p")))).isFalse();
    }

    assertThat(guarded.health(() -> "fine").status()).isEqualTo(Health.Status.OK);
  }
}
