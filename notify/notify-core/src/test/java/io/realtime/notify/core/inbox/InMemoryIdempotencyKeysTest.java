package io.realtime.notify.core.inbox;

import io.realtime.notify.core.ingest.IdempotencyKeys;

class InMemoryIdempotencyKeysTest extends IdempotencyKeysContract {

  @Override
  protected IdempotencyKeys store(int bound) {
    InboxLimits limits = InboxLimits.defaults();
    return new InMemoryIdempotencyKeys(
        new InboxLimits(
            limits.entriesPerUser(),
            limits.bytesPerUser(),
            limits.ttl(),
            limits.provenTtl(),
            limits.users(),
            limits.totalBytes(),
            bound,
            limits.onceTtl()),
        clock);
  }
}
