package io.realtime.socketio.server.adapter;

import org.jspecify.annotations.Nullable;

/** Hears what clients answer to a broadcast. Called from any thread, also after it has given up. */
public interface AnswerReceiver {

  /** A node has asked that many clients; once for each node, before or after their answers. */
  void onServer(int clients);

  /** One client has answered: the first argument of its answer, null when there was none. */
  void onAnswer(@Nullable Object answer);
}
