package io.realtime.socketio.netty;

import io.realtime.socketio.netty.loop.NativeTransport;
import java.util.List;

/** Which kind of event loop a server asks for. */
public enum TransportChoice {
  /** The fastest one that this machine offers: io_uring, epoll, NIO. */
  AUTO,
  IO_URING,
  EPOLL,
  NIO;

  /** In order of preference. */
  public List<NativeTransport> candidates() {
    return switch (this) {
      case AUTO -> List.of(NativeTransport.values());
      case IO_URING -> List.of(NativeTransport.IO_URING);
      case EPOLL -> List.of(NativeTransport.EPOLL);
      case NIO -> List.of(NativeTransport.NIO);
    };
  }
}
