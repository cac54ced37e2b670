package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.PayloadMapper;
import io.realtime.socketio.server.api.ServerSideEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application hears from the other nodes of its cluster. Any thread. */
final class ServerSideEvents {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSideEvents.class);

  /** Mean something to a namespace itself. */
  private static final Set<String> RESERVED = Set.of("connect", "connection", "new_namespace");

  private final List<Registered> listeners = new CopyOnWriteArrayList<>();

  private record Registered(String event, Consumer<ServerSideEvent> listener) {}

  /**
   * The name of an event to other nodes.
   *
   * @throws IllegalArgumentException for a reserved name
   */
  static String checked(String event) {
    if (RESERVED.contains(event)) {
      throw new IllegalArgumentException(
          "event: " + event + " (expected: a name that is not reserved)");
    }
    return event;
  }

  void on(String event, Consumer<ServerSideEvent> listener) {
    listeners.add(new Registered(event, listener));
  }

  void addAll(ServerSideEvents others) {
    listeners.addAll(others.listeners);
  }

  /** Another node has emitted: name, arguments. */
  void dispatch(
      List<@Nullable Object> event,
      @Nullable Consumer<@Nullable Object> answer,
      PayloadMapper payloads) {
    if (event.isEmpty()) {
      return;
    }
    ServerSideEvent heard =
        new ServerSideEvent(
            String.valueOf(event.getFirst()),
            event.subList(1, event.size()),
            answer == null
                ? Replies.NONE
                : Replies.once(
                    payloads, all -> answer.accept(all.isEmpty() ? null : all.getFirst())));
    for (Registered registered : listeners) {
      if (registered.event().equals(heard.name())) {
        try {
          registered.listener().accept(heard);
        } catch (RuntimeException failure) {
          LOG.error("a listener of server-side event {} failed", heard.name(), failure);
        }
      }
    }
  }
}
