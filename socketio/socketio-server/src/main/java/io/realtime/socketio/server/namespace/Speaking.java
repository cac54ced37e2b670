package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.Emitter;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.engine.MarkReceiver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The part of a socket with which an application says something to its client. Any thread. */
interface Speaking extends Socket, MarkReceiver {

  /** How it is said. */
  SocketSpeech speech();

  /** An event of the application's types. */
  Message message(String event, @Nullable Object... arguments);

  @Override
  default Emitter volatileOnly() {
    return new SocketEmitter(this, Flags.NONE.asVolatile());
  }

  @Override
  default Emitter compress(boolean wanted) {
    return new SocketEmitter(this, Flags.NONE.withCompress(wanted));
  }

  @Override
  default Emitter timeout(Duration limit) {
    return new SocketEmitter(this, Flags.NONE.withTimeout(limit));
  }

  @Override
  default void emit(String event, @Nullable Object... arguments) {
    emit(message(event, arguments));
  }

  @Override
  default void emit(Message message) {
    speech().say(message, Flags.NONE);
  }

  @Override
  default void emit(Message message, long mark) {
    speech().say(message, this, mark);
  }

  @Override
  default CompletionStage<List<@Nullable Object>> emitWithAck(
      String event, @Nullable Object... arguments) {
    return speech().ask(message(event, arguments), Flags.NONE);
  }
}
