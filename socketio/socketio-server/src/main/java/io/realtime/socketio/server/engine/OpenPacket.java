package io.realtime.socketio.server.engine;

import io.realtime.socketio.protocol.engineio.EngineCodecV4;
import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.TransportName;

/** The first packet of a session: five members, in upstream's order. */
final class OpenPacket {
  private OpenPacket() {}

  static WirePacket of(String sid, ServerOptions options, boolean polling) {
    boolean upgrades =
        polling
            && options.allowUpgrades()
            && options.transports().contains(TransportName.WEBSOCKET);
    String json =
        "{\"sid\":\""
            + sid
            + "\",\"upgrades\":"
            + (upgrades ? "[\"websocket\"]" : "[]")
            + ",\"pingInterval\":"
            + options.pingInterval().toMillis()
            + ",\"pingTimeout\":"
            + options.pingTimeout().toMillis()
            + ",\"maxPayload\":"
            + options.maxPayload()
            + "}";
    return WirePacket.text(EngineCodecV4.encodeText(new EnginePacket.Open(json)));
  }
}
