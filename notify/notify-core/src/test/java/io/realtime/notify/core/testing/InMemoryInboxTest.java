package io.realtime.notify.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.ingest.Watermarks;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryInboxTest extends InboxContract {
  private final InMemoryInbox inbox = new InMemoryInbox(LIMITS, clock, evictions());

  @Override
  protected Inbox inbox() {
    return inbox;
  }

  @Override
  protected Watermarks watermarks() {
    return inbox;
  }

  @Override
  protected void restart() {
    inbox.restart();
  }

  @Test
  void bytesOfTheStore_atBound_stayAndPastIt_theOldestOfAllGoes() {
    long one = 128 + 10 + 2L * (1 + 13);
    InMemoryInbox small =
        new InMemoryInbox(
            LIMITS.with(new InboxLimits.OfStore(20, 2 * one, 4, 4)), clock, evictions());
    now(small.append(PARTITION, List.of(item(0, entry("a", "1")), item(1, entry("b", "2")))));
    assertThat(small.sizes()).isEqualTo(new InMemoryInbox.Sizes(2, 2, 2 * one));

    now(small.append(PARTITION, List.of(item(2, entry("b", "3")))));

    assertThat(small.sizes()).isEqualTo(new InMemoryInbox.Sizes(2, 2, 2 * one));
    assertThat(evicted).containsExactly("a STORE 1");
  }

  @Test
  void bytesOfAUser_atBound_stayAndPastIt_theOldestIsEvicted() {
    long one = 128 + 10 + 2L * (1 + 13);
    InMemoryInbox small =
        new InMemoryInbox(
            LIMITS.with(new InboxLimits.OfUser(100, 2 * one, 4, 100_000, 3, 3)),
            clock,
            EvictionLog.none());
    now(small.append(PARTITION, List.of(item(0, entry("u", "1")), item(1, entry("u", "2")))));
    assertThat(small.sizes().entries()).isEqualTo(2);

    now(small.append(PARTITION, List.of(item(2, entry("u", "3")))));

    assertThat(small.sizes().entries()).isEqualTo(2);
  }
}
