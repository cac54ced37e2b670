package io.realtime.notify.app.service;

import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.inbox.InMemoryInbox;

/** The check {@code store} of readiness. Memory is always there. */
record StoreHealth(InMemoryInbox inbox) implements Health.Source {

  @Override
  public String name() {
    return "store";
  }

  @Override
  public Health health() {
    InMemoryInbox.Sizes sizes = inbox.sizes();
    return new Health(
        Health.Status.OK,
        "in memory: survives reconnects, not the process; "
            + sizes.entries()
            + " events of "
            + sizes.users()
            + " users");
  }
}
