package io.realtime.verification.architecture.planted.socketio.protocol;

import java.net.Socket;
import org.jspecify.annotations.NullMarked;

/** Planted: a codec that does I/O. */
@NullMarked
public final class OpensASocket {
  private OpensASocket() {}

  public static Socket open(Socket socket) {
    return socket;
  }
}
