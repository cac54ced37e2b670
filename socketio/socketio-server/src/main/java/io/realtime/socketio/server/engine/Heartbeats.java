package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.revision.Revision;

/** The heartbeat of a new connection. */
final class Heartbeats {
  private Heartbeats() {}

  static Heartbeat of(Revision revision, ServerOptions options, long nowNanos) {
    return revision.clientAsks()
        ? new AnsweringHeartbeat(
            options.pingInterval().toNanos(), options.pingTimeout().toNanos(), nowNanos)
        : asking(options, nowNanos);
  }

  static Heartbeat asking(ServerOptions options, long nowNanos) {
    return new AskingHeartbeat(
        options.pingInterval().toNanos(), options.pingTimeout().toNanos(), nowNanos);
  }
}
