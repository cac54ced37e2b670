package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.ClientEvent;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.EventMiddleware;
import io.realtime.socketio.server.namespace.Registration.OnAny;
import io.realtime.socketio.server.namespace.Registration.OnError;
import io.realtime.socketio.server.namespace.Registration.OnEvent;
import io.realtime.socketio.server.namespace.Registration.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The way of one socket's events to its listeners: those for every event, then the middlewares one
 * after the other, then those of the event's name. On the home loop only; what listeners throw is
 * the caller's, or goes to {@link NamespaceSocket#listenerFailed} behind a middleware that took its
 * time.
 */
final class EventDispatch {
  /** Events that may be with middlewares at a time; one more ends the connection. */
  static final int MAX_PENDING = 1_000;

  private final NamespaceSocket socket;
  private final Listeners listeners;
  private int pending;

  EventDispatch(NamespaceSocket socket, Listeners listeners) {
    this.socket = socket;
    this.listeners = listeners;
  }

  void dispatch(ClientEvent event) {
    listeners.forEach(OnAny.class, any -> any.listener().onEvent(event));
    if (!listeners.has(Use.class)) {
      callNamed(event);
      return;
    }
    List<EventMiddleware> chain = new ArrayList<>();
    listeners.forEach(Use.class, use -> chain.add(use.middleware()));
    next(chain, 0, event);
  }

  private void next(List<EventMiddleware> chain, int from, ClientEvent event) {
    for (int i = from; i < chain.size(); i++) {
      CompletableFuture<?> verdict = ask(chain.get(i), event);
      if (!verdict.isDone()) {
        waitFor(verdict, chain, i + 1, event);
        return;
      }
      if (verdict.isCompletedExceptionally()) {
        report(verdict.exceptionNow());
        return;
      }
    }
    callNamed(event);
  }

  private static CompletableFuture<?> ask(EventMiddleware middleware, ClientEvent event) {
    try {
      return middleware.onEvent(event).toCompletableFuture();
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void waitFor(
      CompletionStage<?> verdict, List<EventMiddleware> chain, int next, ClientEvent event) {
    if (pending >= MAX_PENDING) {
      socket.closeTransport(DisconnectReason.FORCED_SERVER_CLOSE);
      return;
    }
    pending++;
    verdict.whenComplete(
        (admitted, failure) ->
            socket
                .home()
                .task(
                    () -> {
                      pending--;
                      if (failure == null) {
                        socket.guard("an event listener", () -> next(chain, next, event));
                      } else {
                        report(failure);
                      }
                    }));
  }

  private void callNamed(ClientEvent event) {
    if (!socket.connected()) {
      return;
    }
    listeners.forEach(
        OnEvent.class,
        on -> {
          if (on.event().equals(event.name()) && (!on.once() || listeners.remove(on))) {
            on.listener().onEvent(event);
          }
        });
  }

  /** Something was wrong with what the client sent. */
  void report(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    listeners.forEach(
        OnError.class, on -> socket.guard("an error listener", () -> on.listener().accept(cause)));
  }
}
