package io.realtime.socketio.server.revision;

import io.realtime.socketio.protocol.engineio.EngineCodecV3;
import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.transport.Frame;
import java.util.List;

/** The revision of Socket.IO 2 clients. */
final class RevisionThree implements Revision {
  static final RevisionThree INSTANCE = new RevisionThree();

  private static final Frame PONG = new Frame(false, new byte[] {'3'});
  private static final PollingFormat WITH_BYTES = new Payloads(BytesForm.TYPED);
  private static final PollingFormat TEXT_ONLY = new Payloads(BytesForm.TYPED_BASE64);

  private RevisionThree() {}

  @Override
  public int number() {
    return 3;
  }

  @Override
  public EnginePacket decodeText(String frame) {
    return EngineCodecV3.decodeText(frame);
  }

  @Override
  public EnginePacket decodeBinary(byte[] frame) {
    return EngineCodecV3.decodeBinary(frame);
  }

  @Override
  public BytesForm framesOf(HttpRequest request) {
    return PollingRequest.wantsBase64(request) ? BytesForm.TYPED_BASE64 : BytesForm.TYPED;
  }

  @Override
  public PollingFormat pollingOf(HttpRequest handshake) {
    boolean text = PollingRequest.wantsBase64(handshake) || PollingRequest.isJsonp(handshake);
    return PollingRequest.wrapped(text ? TEXT_ONLY : WITH_BYTES, handshake);
  }

  @Override
  public boolean clientAsks() {
    return true;
  }

  @Override
  public Frame beat() {
    return PONG;
  }

  /**
   * Text, or binary as soon as one packet is. Clients may send either.
   *
   * @param bytesForm text for clients that cannot take bytes
   */
  private record Payloads(BytesForm bytesForm) implements PollingFormat {
    @Override
    public HttpReply write(List<Frame> packets) {
      List<byte[]> payloads = PollingRequest.payloads(packets);
      return packets.stream().anyMatch(Frame::binary)
          ? HttpReply.of(200, "application/octet-stream", EngineCodecV3.joinBinaryPayload(payloads))
          : HttpReply.of(200, "text/plain; charset=UTF-8", EngineCodecV3.joinPayload(payloads));
    }

    @Override
    public boolean takes(HttpRequest post) {
      return true;
    }

    @Override
    public List<EnginePacket> read(HttpRequest post, int maxPackets) {
      return PollingRequest.isBinary(post)
          ? EngineCodecV3.decodeBinaryPayload(post.body(), maxPackets)
          : EngineCodecV3.decodePayload(post.body(), maxPackets);
    }

    @Override
    public List<EnginePacket> readText(String payload, int maxPackets) {
      return EngineCodecV3.decodePayload(payload, maxPackets);
    }
  }
}
