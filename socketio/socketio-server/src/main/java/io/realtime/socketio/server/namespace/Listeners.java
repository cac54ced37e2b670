package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.ClientEvent;
import io.realtime.socketio.server.api.EventListener;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The event listeners of one socket, few and compact. Any thread registers; a registration is seen
 * by the events that are dispatched after it.
 */
final class Listeners {
  /** Stands for every event. */
  private static final String ANY = "*any";

  private static final Entry[] NONE = {};

  private final AtomicReference<Entry[]> entries = new AtomicReference<>(NONE);

  private record Entry(String event, boolean any, EventListener listener) {}

  void on(String event, EventListener listener) {
    add(new Entry(event, false, listener));
  }

  void onAny(EventListener listener) {
    add(new Entry(ANY, true, listener));
  }

  /** Calls those for every event, then those for this one, each in the order of registration. */
  void dispatch(ClientEvent event) {
    Entry[] all = entries.get();
    for (Entry entry : all) {
      if (entry.any()) {
        entry.listener().onEvent(event);
      }
    }
    for (Entry entry : all) {
      if (!entry.any() && entry.event().equals(event.name())) {
        entry.listener().onEvent(event);
      }
    }
  }

  private void add(Entry entry) {
    entries.updateAndGet(
        known -> {
          Entry[] next = java.util.Arrays.copyOf(known, known.length + 1);
          next[known.length] = entry;
          return next;
        });
  }
}
