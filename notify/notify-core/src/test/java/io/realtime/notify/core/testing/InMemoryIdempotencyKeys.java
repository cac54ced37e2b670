package io.realtime.notify.core.testing;

import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.ingest.IdempotencyKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keys in this process, oldest first. One lock guards them; stages are complete when returned. */
public final class InMemoryIdempotencyKeys implements IdempotencyKeys {
  private final LinkedHashMap<String, Use> uses = new LinkedHashMap<>();
  private final int bound;
  private final Duration ttl;
  private final InstantSource clock;

  public InMemoryIdempotencyKeys(InboxLimits limits, InstantSource clock) {
    this.bound = limits.ofStore().idempotencyKeys();
    this.ttl = limits.lifetimes().key();
    this.clock = clock;
  }

  private record Use(String bodyHash, Instant at, Optional<String> answer) {}

  @Override
  public synchronized CompletionStage<Claim> claim(String key, String bodyHash) {
    expire();
    Use use = uses.putIfAbsent(key, new Use(bodyHash, clock.instant(), Optional.empty()));
    if (uses.size() > bound) {
      uses.pollFirstEntry();
    }
    if (use == null) {
      return CompletableFuture.completedFuture(new Claim.Open());
    }
    return CompletableFuture.completedFuture(
        use.bodyHash().equals(bodyHash)
            ? use.answer().<Claim>map(Claim.Answered::new).orElseGet(Claim.Open::new)
            : new Claim.Conflict());
  }

  @Override
  public synchronized CompletionStage<String> answered(String key, String answer) {
    Use use =
        uses.computeIfPresent(
            key,
            (k, known) ->
                known.answer().isPresent()
                    ? known
                    : new Use(known.bodyHash(), known.at(), Optional.of(answer)));
    return CompletableFuture.completedFuture(use == null ? answer : use.answer().orElse(answer));
  }

  private void expire() {
    Instant now = clock.instant();
    while (!uses.isEmpty()) {
      Map.Entry<String, Use> oldest = uses.firstEntry();
      if (oldest.getValue().at().plus(ttl).isAfter(now)) {
        return;
      }
      uses.pollFirstEntry();
    }
  }
}
