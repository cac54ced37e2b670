package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.ClientEvent.AckReply;
import io.realtime.socketio.server.api.PayloadMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers to events of clients. */
final class Replies {
  /** The client asked for none. */
  static final AckReply NONE =
      new AckReply() {
        @Override
        public boolean wanted() {
          return false;
        }

        @Override
        public void send(@Nullable Object... arguments) {}
      };

  private Replies() {}

  /**
   * Calls {@code answer} at most once.
   *
   * @param payloads writes what the application answers with
   */
  static AckReply once(PayloadMapper payloads, Consumer<List<@Nullable Object>> answer) {
    AtomicBoolean sent = new AtomicBoolean();
    return new AckReply() {
      @Override
      public boolean wanted() {
        return true;
      }

      @Override
      public void send(@Nullable Object... arguments) {
        if (sent.compareAndSet(false, true)) {
          answer.accept(written(payloads, arguments));
        }
      }
    };
  }

  private static List<@Nullable Object> written(
      PayloadMapper payloads, @Nullable Object[] arguments) {
    List<@Nullable Object> written = new ArrayList<>(arguments.length);
    for (@Nullable Object argument : arguments) {
      written.add(argument == null ? null : payloads.write(argument));
    }
    return Collections.unmodifiableList(written);
  }
}
