package io.realtime.notify.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.fakes.FakeClock;
import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.ingest.IdempotencyKeys.Claim;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of idempotency keys does. Subclasses say which. */
public abstract class IdempotencyKeysContract {
  protected final FakeClock clock = new FakeClock();

  /** An empty store that keeps {@code bound} keys for a day, by {@link #clock}. */
  protected abstract IdempotencyKeys store(int bound);

  @Test
  void firstUse_isOpen_andStaysSoUntilItIsAnswered() {
    IdempotencyKeys keys = store(10);
    assertThat(claim(keys, "k", "b1")).isEqualTo(new Claim.Open());
    assertThat(claim(keys, "k", "b1")).isEqualTo(new Claim.Open());
    assertThat(answered(keys, "k", "{\"n\":1}")).isEqualTo("{\"n\":1}");
    assertThat(claim(keys, "k", "b1")).isEqualTo(new Claim.Answered("{\"n\":1}"));
  }

  @Test
  void secondAnswer_givesTheFirst_andOneWithoutClaimIsNotKept() {
    IdempotencyKeys keys = store(10);
    assertThat(answered(keys, "k", "too early")).isEqualTo("too early");
    assertThat(claim(keys, "k", "b1")).isEqualTo(new Claim.Open());
    assertThat(answered(keys, "k", "first")).isEqualTo("first");
    assertThat(answered(keys, "k", "second")).isEqualTo("first");
    assertThat(claim(keys, "k", "b1")).isEqualTo(new Claim.Answered("first"));
  }

  @Test
  void otherBody_conflicts_whetherAnsweredOrNot_andChangesNothing() {
    IdempotencyKeys keys = store(10);
    claim(keys, "k", "b1");
    assertThat(claim(keys, "k", "b2")).isEqualTo(new Claim.Conflict());
    answered(keys, "k", "a");
    assertThat(claim(keys, "k", "b2")).isEqualTo(new Claim.Conflict());
    assertThat(claim(keys, "k", "b1")).isEqualTo(new Claim.Answered("a"));
    assertThat(claim(keys, "other", "b2")).isEqualTo(new Claim.Open());
  }

  @Test
  void key_isKeptForADay_countedFromItsFirstUse() {
    IdempotencyKeys keys = store(10);
    claim(keys, "k", "b1");
    clock.advance(Duration.ofDays(1).minusMillis(1));
    assertThat(claim(keys, "k", "b2")).isEqualTo(new Claim.Conflict());
    clock.advance(Duration.ofMillis(1));
    assertThat(claim(keys, "k", "b2")).isEqualTo(new Claim.Open());
    assertThat(claim(keys, "k", "b1")).isEqualTo(new Claim.Conflict());
  }

  @Test
  void bound_isKept_pastItTheOldestIsForgotten() {
    IdempotencyKeys keys = store(3);
    for (String key : List.of("k1", "k2", "k3")) {
      claim(keys, key, "b1");
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(claim(keys, "k1", "b2")).isEqualTo(new Claim.Conflict());
    claim(keys, "k4", "b1");
    assertThat(claim(keys, "k4", "b2")).isEqualTo(new Claim.Conflict());
    assertThat(claim(keys, "k3", "b2")).isEqualTo(new Claim.Conflict());
    assertThat(claim(keys, "k1", "b2")).isEqualTo(new Claim.Open());
  }

  @Test
  void claimsAtOnce_oneBodyWins() {
    IdempotencyKeys keys = store(10);
    List<CompletableFuture<Claim>> claims =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> claim(keys, "k", "b" + i), Thread::startVirtualThread))
            .toList();
    assertThat(claims.stream().map(CompletableFuture::join))
        .filteredOn(new Claim.Open()::equals)
        .hasSize(1);
  }

  private static Claim claim(IdempotencyKeys keys, String key, String bodyHash) {
    return keys.claim(key, bodyHash).toCompletableFuture().join();
  }

  private static String answered(IdempotencyKeys keys, String key, String answer) {
    return keys.answered(key, answer).toCompletableFuture().join();
  }
}
