package io.realtime.socketio.server.api;

import java.util.concurrent.CompletionStage;

/**
 * Decides about an event of a client before the listeners of its name hear of it. Called on the
 * home loop; the stage may complete on any thread, and events that come meanwhile are not held
 * back. When the stage fails, or this throws, the event is dropped and the socket's error listeners
 * hear why.
 */
@FunctionalInterface
public interface EventMiddleware {

  CompletionStage<?> onEvent(ClientEvent event);
}
