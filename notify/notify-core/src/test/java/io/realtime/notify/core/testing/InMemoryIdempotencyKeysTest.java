package io.realtime.notify.core.testing;

import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.ingest.IdempotencyKeys;

class InMemoryIdempotencyKeysTest extends IdempotencyKeysContract {

  @Override
  protected IdempotencyKeys store(int bound) {
    return new InMemoryIdempotencyKeys(
        InboxLimits.defaults().with(new InboxLimits.OfStore(100, 1 << 20, 100, bound)), clock);
  }
}
