package io.realtime.verification.architecture.planted.socketio.server.core;

import org.jspecify.annotations.NullMarked;

/** Planted: what is behind the library's API. */
@NullMarked
public final class Internal {
  private Internal() {}
}
