package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.revision.BytesForm;
import io.realtime.socketio.server.transport.Frame;
import java.util.List;

/** What a packet says, for tests of other packages. */
public final class WirePackets {
  private WirePackets() {}

  /** The payload of each of its frames. */
  public static List<byte[]> payloads(WirePacket packet) {
    return packet.frames(BytesForm.PLAIN).stream().map(Frame::payload).toList();
  }
}
