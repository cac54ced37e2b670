package io.realtime.socketio.server.revision;

import io.realtime.socketio.protocol.engineio.EngineCodecV3;
import io.realtime.socketio.protocol.engineio.EngineCodecV4;
import io.realtime.socketio.server.transport.Frame;

/** How a binary message stands in a frame or in a payload. */
public enum BytesForm {
  /** The bytes alone. */
  PLAIN,
  /** Text: {@code b} and base64. */
  BASE64,
  /** The type 4 and the bytes. */
  TYPED,
  /** Text: {@code b4} and base64. */
  TYPED_BASE64;

  public Frame frame(byte[] message) {
    return switch (this) {
      case PLAIN -> new Frame(true, message);
      case BASE64 -> new Frame(false, EngineCodecV4.encodeBase64(message));
      case TYPED -> new Frame(true, EngineCodecV3.encodeBinary(message));
      case TYPED_BASE64 -> new Frame(false, EngineCodecV3.encodeBase64(message));
    };
  }
}
