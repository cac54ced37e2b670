package io.realtime.notify.core.testing;

import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.ingest.Watermarks;

class InMemoryGapTest extends GapContract {
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
}
