package io.realtime.notify.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.fakes.FakeClock;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionAuditTest {
  private final FakeClock clock = new FakeClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> lines = new ArrayList<>();
  private final EvictionAudit audit =
      new EvictionAudit(new DeliveryMetrics(registry), clock, lines::add);

  private static Gap gap(long seq) {
    return new Gap(Gap.Reason.CAP, seq, seq, 1, Instant.EPOCH, Instant.EPOCH);
  }

  @Test
  void first_evicted_isWrittenAtOnceAndThoseThatFollowAsOneLineAfterTenSeconds() {
    for (int i = 1; i <= 1_000; i++) {
      audit.evicted("u", gap(i));
    }
    assertThat(lines).singleElement().asString().contains("user=u reason=cap evicted=1 seqs=1-1");
    clock.advance(Duration.ofSeconds(10).minusMillis(1));
    audit.sweep();
    assertThat(lines).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    audit.sweep();
    audit.sweep();

    assertThat(lines).hasSize(2);
    assertThat(lines.getLast()).contains("evicted=999 seqs=2-1000");
    assertThat(registry.counter("realtime.inbox.evicted", "reason", "cap").count())
        .isEqualTo(1_000);
  }

  @Test
  void quietUser_evictedAgain_isWrittenAtOnce() {
    audit.evicted("u", gap(1));
    clock.advance(Duration.ofSeconds(10));
    audit.sweep();

    audit.evicted("u", gap(2));

    assertThat(lines).hasSize(2);
  }

  @Test
  void idWithControlCharacters_evicted_staysOneLine() {
    audit.evicted("u\r\nforged\u001b[31m", gap(1));

    assertThat(lines.getFirst()).doesNotContain("\n", "\r", "\u001b").contains("u??forged?[31m");
  }
}
