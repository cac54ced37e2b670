package io.realtime.socketio.server.revision;

import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.transport.Frame;
import java.util.Optional;

/**
 * How one revision of Engine.IO speaks. A session keeps that of its handshake for life. Stateless;
 * any thread.
 */
public sealed interface Revision permits RevisionThree, RevisionFour {

  /** The revision that a request is made in: 4 if it says so, else 3, as upstream reads it. */
  static Revision of(HttpRequest request) {
    return request.queryFirst("EIO").equals(Optional.of("4"))
        ? RevisionFour.INSTANCE
        : RevisionThree.INSTANCE;
  }

  /** 3 or 4. */
  int number();

  /**
   * What a client's text frame says.
   *
   * @throws io.realtime.socketio.protocol.engineio.MalformedPacketException when it is no packet
   */
  EnginePacket decodeText(String frame);

  /**
   * What a client's binary frame says; the array becomes the packet's.
   *
   * @throws io.realtime.socketio.protocol.engineio.MalformedPacketException when it is no packet
   */
  EnginePacket decodeBinary(byte[] frame);

  /** How bytes are written to the WebSocket that {@code request} asked for. */
  BytesForm framesOf(HttpRequest request);

  /** How the payloads of the polling session look that {@code handshake} opened. */
  PollingFormat pollingOf(HttpRequest handshake);

  /** Whether the client asks and the server answers in the heartbeat, not the other way round. */
  boolean clientAsks();

  /** The server's part of the heartbeat. */
  Frame beat();
}
