package io.realtime.verification.simulation;

import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.ingest.Watermarks;
import io.realtime.notify.core.testing.InMemoryInbox;
import java.time.InstantSource;

/** What outlives a process: the store, which is there, full or away. */
final class Disk {
  private final InMemoryInbox memory;
  private final Inbox inbox;
  private boolean full;
  private boolean away;

  Disk(InboxLimits limits, InstantSource clock, EvictionLog evictions, Plant plant) {
    this.memory = new InMemoryInbox(limits, clock, evictions);
    this.inbox = plant.inbox(memory);
  }

  /** Whether calls of a kind are refused now. */
  @FunctionalInterface
  interface Way {
    boolean away();
  }

  Way writable() {
    return () -> full || away;
  }

  Way readable() {
    return () -> away;
  }

  /** Nothing can be written, and perhaps nothing be read. */
  void fail(boolean reads) {
    full = true;
    away = reads;
  }

  void heal() {
    full = false;
    away = false;
  }

  void restart() {
    memory.restart();
  }

  Inbox inbox() {
    return inbox;
  }

  Watermarks watermarks() {
    return memory;
  }

  long entries() {
    return memory.sizes().entries();
  }
}
