package io.realtime.notify.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.ingest.Watermarks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryInboxTest extends InboxContract {
  private final InMemoryInbox inbox = new InMemoryInbox(LIMITS, clock);

  @Override
  Inbox inbox() {
    return inbox;
  }

  @Override
  Watermarks watermarks() {
    return inbox;
  }

  private InMemoryInbox bounded(long bytesPerUser, int users, long totalBytes) {
    return new InMemoryInbox(
        new InboxLimits(
            100,
            bytesPerUser,
            Duration.ofDays(7),
            Duration.ofMinutes(3),
            users,
            totalBytes,
            10,
            Duration.ofDays(1)),
        clock);
  }

  private static int fill(InMemoryInbox inbox, long offset, String userId) {
    Outcome outcome =
        now(inbox.append(PARTITION, List.of(item(offset, entry(userId, "e"))))).getFirst();
    return ((Outcome.Stored) outcome).evicted();
  }

  private long sizeOfOne() {
    InMemoryInbox one = bounded(100_000, 10, 100_000);
    fill(one, 0, "u");
    return one.sizes().bytes();
  }

  @Test
  void bytesOfAUser_atBound_stayAndPastIt_theOldestIsEvicted() {
    InMemoryInbox small = bounded(2 * sizeOfOne(), 10, 1_000_000);

    assertThat(fill(small, 0, "u") + fill(small, 1, "u")).isZero();
    assertThat(fill(small, 2, "u")).isEqualTo(1);
    assertThat(small.sizes()).isEqualTo(new InMemoryInbox.Sizes(1, 2, 2 * sizeOfOne()));
  }

  @Test
  void users_atBound_stayAndPastIt_theLongestUnusedIsForgotten() {
    InMemoryInbox small = bounded(100_000, 2, 1_000_000);

    assertThat(fill(small, 0, "a") + fill(small, 1, "b") + fill(small, 2, "a")).isZero();
    assertThat(fill(small, 3, "c")).isEqualTo(1);
    assertThat(small.sizes().users()).isEqualTo(2);
    assertThat(now(small.position("a")).seq()).isEqualTo(2);
  }

  @Test
  void totalBytes_atBound_stayAndPastIt_theLongestUnusedUserLosesItsOldest() {
    InMemoryInbox small = bounded(100_000, 10, 2 * sizeOfOne());

    assertThat(fill(small, 0, "a") + fill(small, 1, "b")).isZero();
    assertThat(fill(small, 2, "b")).isEqualTo(1);
    assertThat(small.sizes()).isEqualTo(new InMemoryInbox.Sizes(2, 2, 2 * sizeOfOne()));
  }

  @Test
  void everythingProven_sizes_areZero() {
    InMemoryInbox small = bounded(100_000, 10, 100_000);
    fill(small, 0, "a");
    fill(small, 1, "a");
    now(small.markProven("a", List.of(1L), true));
    now(small.markProven("a", List.of(2L), false));
    clock.advance(Duration.ofMinutes(3));
    now(small.purge());

    assertThat(small.sizes()).isEqualTo(new InMemoryInbox.Sizes(1, 0, 0));
  }
}
