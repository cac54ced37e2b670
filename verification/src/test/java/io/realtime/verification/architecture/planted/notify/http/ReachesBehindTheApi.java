package io.realtime.verification.architecture.planted.notify.http;

import io.realtime.verification.architecture.planted.socketio.server.core.Internal;
import org.jspecify.annotations.NullMarked;

/** Planted: uses what is behind the library's API. */
@NullMarked
public final class ReachesBehindTheApi {
  private ReachesBehindTheApi() {}

  public static Internal other(Internal internal) {
    return internal;
  }
}
