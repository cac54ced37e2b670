package io.realtime.verification.architecture.planted.socketio.netty;

import io.netty.util.AsciiString;
import org.jspecify.annotations.NullMarked;

/** Planted: nothing wrong, this module owns Netty. */
@NullMarked
public final class Owner {
  private Owner() {}

  public static AsciiString owned(AsciiString text) {
    return text;
  }
}
