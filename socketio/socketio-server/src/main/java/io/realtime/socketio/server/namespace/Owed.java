package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.recovery.LoggedEvent;
import java.util.OptionalLong;

/** An event that a client has missed while it was away. */
sealed interface Owed {

  /** One of the namespace's log. */
  record Logged(LoggedEvent event) implements Owed {
    @Override
    public WirePacket packet(SocketIoWire wire) {
      return event.packet();
    }

    @Override
    public OptionalLong mark() {
      return OptionalLong.empty();
    }
  }

  /** One that the application has kept, with the write mark behind it. */
  record Kept(Message message, OptionalLong mark) implements Owed {
    @Override
    public WirePacket packet(SocketIoWire wire) {
      return wire.encode(message);
    }
  }

  /** As it is sent. */
  WirePacket packet(SocketIoWire wire);

  OptionalLong mark();
}
