package io.realtime.verification.architecture.planted.socketio.server.api;

import io.realtime.verification.architecture.planted.notify.core.Core;
import org.jspecify.annotations.NullMarked;

/** Planted: the library uses the product. */
@NullMarked
public final class ImportsTheProduct {
  private ImportsTheProduct() {}

  public static Core other(Core core) {
    return core;
  }
}
