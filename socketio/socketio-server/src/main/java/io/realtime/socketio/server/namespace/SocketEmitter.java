package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.Emitter;
import io.realtime.socketio.server.api.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A way to send to one socket. Immutable; any thread. */
record SocketEmitter(Speaking socket, Flags flags) implements Emitter {

  @Override
  public Emitter volatileOnly() {
    return new SocketEmitter(socket, flags.asVolatile());
  }

  @Override
  public Emitter compress(boolean wanted) {
    return new SocketEmitter(socket, flags.withCompress(wanted));
  }

  @Override
  public Emitter timeout(Duration limit) {
    return new SocketEmitter(socket, flags.withTimeout(limit));
  }

  @Override
  public void emit(String event, @Nullable Object... arguments) {
    socket.speech().say(socket.message(event, arguments), flags);
  }

  @Override
  public void emit(Message message) {
    socket.speech().say(message, flags);
  }

  @Override
  public CompletionStage<List<@Nullable Object>> emitWithAck(
      String event, @Nullable Object... arguments) {
    return socket.speech().ask(socket.message(event, arguments), flags);
  }
}
