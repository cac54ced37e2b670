package io.realtime.socketio.server.revision;

import io.realtime.socketio.protocol.engineio.EngineCodecV4;
import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.transport.Frame;
import java.util.List;

/** The current revision. */
final class RevisionFour implements Revision {
  static final RevisionFour INSTANCE = new RevisionFour();

  private static final Frame PING = new Frame(false, new byte[] {'2'});
  private static final PollingFormat POLLING = new TextPayloads();

  private RevisionFour() {}

  @Override
  public int number() {
    return 4;
  }

  @Override
  public EnginePacket decodeText(String frame) {
    return EngineCodecV4.decodeText(frame);
  }

  @Override
  public EnginePacket decodeBinary(byte[] frame) {
    return EngineCodecV4.decodeBinary(frame);
  }

  @Override
  public BytesForm framesOf(HttpRequest request) {
    return PollingRequest.wantsBase64(request) ? BytesForm.BASE64 : BytesForm.PLAIN;
  }

  @Override
  public PollingFormat pollingOf(HttpRequest handshake) {
    return PollingRequest.wrapped(POLLING, handshake);
  }

  @Override
  public boolean clientAsks() {
    return false;
  }

  @Override
  public Frame beat() {
    return PING;
  }

  /** Text alone; bytes are base64 in it. */
  private static final class TextPayloads implements PollingFormat {
    @Override
    public BytesForm bytesForm() {
      return BytesForm.BASE64;
    }

    @Override
    public HttpReply write(List<Frame> packets) {
      return HttpReply.of(
          200,
          "text/plain; charset=UTF-8",
          EngineCodecV4.joinPayload(PollingRequest.payloads(packets)));
    }

    @Override
    public boolean takes(HttpRequest post) {
      return !PollingRequest.isBinary(post);
    }

    @Override
    public List<EnginePacket> read(HttpRequest post, int maxPackets) {
      return EngineCodecV4.decodePayload(post.body(), maxPackets);
    }

    @Override
    public List<EnginePacket> readText(String payload, int maxPackets) {
      return EngineCodecV4.decodePayload(payload, maxPackets);
    }
  }
}
