package io.realtime.socketio.server.api;

import java.util.concurrent.CompletionStage;

/**
 * Decides about a CONNECT. Called on the socket's home loop; the stage may complete on any thread.
 * A stage that fails with {@link ConnectRefused} is answered with its message and data, one that
 * fails otherwise with a neutral CONNECT_ERROR and a log line.
 */
@FunctionalInterface
public interface Middleware {

  CompletionStage<?> admit(Socket socket);
}
