package io.realtime.socketio.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.realtime.socketio.netty.loop.DirectMemory;
import io.realtime.socketio.server.transport.Frame;
import java.nio.charset.StandardCharsets;

/** Encodes unmasked, unfragmented frames (RFC 6455, 5.2). Stateless. */
final class FrameWriter {
  private static final int FINAL = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int MAX_CONTROL_PAYLOAD = 125;
  private static final int LONGEST_HEADER = 10;
  private static final byte[] EMPTY = new byte[0];

  private FrameWriter() {}

  static ByteBuf data(ByteBufAllocator alloc, Frame frame) {
    return encode(alloc, frame.binary() ? 0x2 : 0x1, frame.payload(), frame.payload().length);
  }

  /**
   * A message whose payload is the first {@code length} bytes of {@code compressed} (RFC 7692, 6).
   */
  static ByteBuf deflated(ByteBufAllocator alloc, Frame frame, byte[] compressed, int length) {
    return encode(alloc, COMPRESSED | (frame.binary() ? 0x2 : 0x1), compressed, length);
  }

  static ByteBuf ping(ByteBufAllocator alloc, byte[] payload) {
    return control(alloc, 0x9, payload);
  }

  static ByteBuf pong(ByteBufAllocator alloc, byte[] payload) {
    return control(alloc, 0xA, payload);
  }

  /** The reason is cut to what a control frame holds. */
  static ByteBuf close(ByteBufAllocator alloc, int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, MAX_CONTROL_PAYLOAD - 2);
    while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
      length--;
    }
    byte[] payload = new byte[2 + length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, length);
    return control(alloc, 0x8, payload);
  }

  static ByteBuf emptyClose(ByteBufAllocator alloc) {
    return control(alloc, 0x8, EMPTY);
  }

  private static ByteBuf control(ByteBufAllocator alloc, int opcode, byte[] payload) {
    if (payload.length > MAX_CONTROL_PAYLOAD) {
      throw new IllegalArgumentException(
          "control frame payload: " + payload.length + " bytes (expected: at most 125)");
    }
    return encode(alloc, opcode, payload, payload.length);
  }

  private static ByteBuf encode(ByteBufAllocator alloc, int opcode, byte[] payload, int length) {
    ByteBuf out = DirectMemory.buffer(alloc, LONGEST_HEADER + length);
    out.writeByte(FINAL | opcode);
    if (length <= MAX_CONTROL_PAYLOAD) {
      out.writeByte(length);
    } else if (length <= 0xFFFF) {
      out.writeByte(126).writeShort(length);
    } else {
      out.writeByte(127).writeLong(length);
    }
    return out.writeBytes(payload, 0, length);
  }
}
