package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.EventListener;
import io.realtime.socketio.server.api.EventMiddleware;
import io.realtime.socketio.server.api.OutgoingListener;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.api.TypedListener;
import io.realtime.socketio.server.namespace.Registration.OnAbandoned;
import io.realtime.socketio.server.namespace.Registration.OnAlive;
import io.realtime.socketio.server.namespace.Registration.OnAny;
import io.realtime.socketio.server.namespace.Registration.OnDisconnect;
import io.realtime.socketio.server.namespace.Registration.OnDisconnecting;
import io.realtime.socketio.server.namespace.Registration.OnError;
import io.realtime.socketio.server.namespace.Registration.OnEvent;
import io.realtime.socketio.server.namespace.Registration.OnOutgoing;
import io.realtime.socketio.server.namespace.Registration.OnProven;
import io.realtime.socketio.server.namespace.Registration.OnUpgrade;
import io.realtime.socketio.server.namespace.Registration.Use;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The part of a socket with which an application registers what it wants to hear. Any thread. */
interface Registering extends Socket {

  @Override
  LocalNamespace namespace();

  Listeners listeners();

  /** An argument as {@code T}; empty, and the error listeners have been told, when it is none. */
  <T> @Nullable T readPayload(@Nullable Object argument, Class<T> type);

  private Socket add(Registration added) {
    listeners().add(added);
    return this;
  }

  @Override
  default Socket on(String event, EventListener listener) {
    return add(new OnEvent(event, listener, false));
  }

  @Override
  default <T> Socket on(String event, Class<T> type, TypedListener<T> listener) {
    return on(
        event,
        said -> {
          T payload =
              readPayload(said.arguments().isEmpty() ? null : said.arguments().getFirst(), type);
          if (payload != null) {
            listener.onEvent(payload, said);
          }
        });
  }

  @Override
  default Socket once(String event, EventListener listener) {
    return add(new OnEvent(event, listener, true));
  }

  @Override
  default Socket off(String event, EventListener listener) {
    listeners()
        .removeLast(
            it ->
                it instanceof OnEvent on
                    && on.event().equals(event)
                    && on.listener().equals(listener));
    return this;
  }

  @Override
  default Socket off(String event) {
    listeners().removeAll(it -> it instanceof OnEvent on && on.event().equals(event));
    return this;
  }

  @Override
  default Socket onAny(EventListener listener) {
    return add(new OnAny(listener));
  }

  @Override
  default Socket prependAny(EventListener listener) {
    listeners().prepend(new OnAny(listener));
    return this;
  }

  @Override
  default Socket offAny(EventListener listener) {
    listeners().removeLast(it -> it instanceof OnAny any && any.listener().equals(listener));
    return this;
  }

  @Override
  default Socket offAny() {
    listeners().removeAll(OnAny.class::isInstance);
    return this;
  }

  @Override
  default Socket use(EventMiddleware middleware) {
    return add(new Use(middleware));
  }

  @Override
  default Socket onError(Consumer<Throwable> listener) {
    return add(new OnError(listener));
  }

  @Override
  default Socket onAnyOutgoing(OutgoingListener listener) {
    namespace().expectOutgoing();
    return add(new OnOutgoing(listener));
  }

  @Override
  default Socket prependAnyOutgoing(OutgoingListener listener) {
    namespace().expectOutgoing();
    listeners().prepend(new OnOutgoing(listener));
    return this;
  }

  @Override
  default Socket offAnyOutgoing(OutgoingListener listener) {
    listeners().removeLast(it -> it instanceof OnOutgoing on && on.listener().equals(listener));
    return this;
  }

  @Override
  default Socket offAnyOutgoing() {
    listeners().removeAll(OnOutgoing.class::isInstance);
    return this;
  }

  @Override
  default Socket onDisconnect(Consumer<DisconnectReason> listener) {
    return add(new OnDisconnect(listener));
  }

  @Override
  default Socket onAbandoned(Runnable listener) {
    return add(new OnAbandoned(listener));
  }

  @Override
  default Socket onDisconnecting(Consumer<DisconnectReason> listener) {
    return add(new OnDisconnecting(listener));
  }

  @Override
  default Socket onUpgrade(Consumer<TransportName> listener) {
    return add(new OnUpgrade(listener));
  }

  @Override
  default Socket onAlive(Runnable listener) {
    return add(new OnAlive(listener));
  }

  @Override
  default Socket onProven(LongConsumer listener) {
    return add(new OnProven(listener));
  }
}
