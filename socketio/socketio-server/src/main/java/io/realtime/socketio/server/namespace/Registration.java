package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.EventListener;
import io.realtime.socketio.server.api.EventMiddleware;
import io.realtime.socketio.server.api.OutgoingListener;
import io.realtime.socketio.server.api.TransportName;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** One thing that an application has registered with a socket. */
sealed interface Registration {

  /**
   * @param once whether it goes when it is called
   */
  record OnEvent(String event, EventListener listener, boolean once) implements Registration {}

  record OnAny(EventListener listener) implements Registration {}

  record OnOutgoing(OutgoingListener listener) implements Registration {}

  record Use(EventMiddleware middleware) implements Registration {}

  record OnError(Consumer<Throwable> listener) implements Registration {}

  record OnDisconnect(Consumer<DisconnectReason> listener) implements Registration {}

  record OnAbandoned(Runnable listener) implements Registration {}

  record OnDisconnecting(Consumer<DisconnectReason> listener) implements Registration {}

  record OnUpgrade(Consumer<TransportName> listener) implements Registration {}

  record OnAlive(Runnable listener) implements Registration {}

  record OnProven(LongConsumer listener) implements Registration {}
}
