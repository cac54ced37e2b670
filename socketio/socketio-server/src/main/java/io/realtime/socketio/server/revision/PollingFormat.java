package io.realtime.socketio.server.revision;

import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.transport.Frame;
import java.util.List;

/** How the payloads of one polling session look. Stateless; any thread. */
public interface PollingFormat {

  /** How bytes stand in the frames that {@link #write} is given. */
  BytesForm bytesForm();

  /** The answer to a GET that holds {@code packets}, of which there is one at least. */
  HttpReply write(List<Frame> packets);

  /** Whether a POST's content type is one of this format. */
  boolean takes(HttpRequest post);

  /**
   * The packets of a POST that it {@link #takes}: all of them, or none when one is malformed.
   *
   * @throws io.realtime.socketio.protocol.engineio.MalformedPacketException also for more than
   *     {@code maxPackets}
   */
  List<EnginePacket> read(HttpRequest post, int maxPackets);

  /** As {@link #read}, from the text of a payload. */
  List<EnginePacket> readText(String payload, int maxPackets);
}
