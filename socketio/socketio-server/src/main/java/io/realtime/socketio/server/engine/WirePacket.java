package io.realtime.socketio.server.engine;

import io.realtime.socketio.protocol.socketio.EncodedPacket;
import io.realtime.socketio.server.transport.Frame;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet in its wire forms, encoded once and shared by all recipients on all loops: WebSocket
 * frames, and elements of a polling payload. Immutable but for the base64 of attachments, which is
 * made when first polled for.
 */
public final class WirePacket {
  private final List<Frame> frames;
  private final int bytes;
  private byte @Nullable [] @Nullable [] base64;

  private WirePacket(List<Frame> frames, int bytes) {
    this.frames = frames;
    this.bytes = bytes;
  }

  /** A frame for each part. */
  public static WirePacket of(EncodedPacket packet) {
    List<EncodedPacket.Part> parts = packet.parts();
    if (parts.size() == 1) {
      return new WirePacket(List.of(frame(parts.getFirst())), packet.size());
    }
    List<Frame> frames = new ArrayList<>(parts.size());
    for (EncodedPacket.Part part : parts) {
      frames.add(frame(part));
    }
    return new WirePacket(List.copyOf(frames), packet.size());
  }

  private static Frame frame(EncodedPacket.Part part) {
    return new Frame(part.binary(), part.bytes());
  }

  /** One text frame; for polling it must begin with its Engine.IO type. */
  public static WirePacket text(byte[] utf8) {
    return new WirePacket(List.of(new Frame(false, utf8)), utf8.length);
  }

  /** One binary message. */
  public static WirePacket binary(byte[] payload) {
    return new WirePacket(List.of(new Frame(true, payload)), payload.length);
  }

  /** In order, never interleaved with other messages. */
  List<Frame> frames() {
    return frames;
  }

  /** Payload bytes of all frames: what it counts for in the outbound bounds. */
  public int bytes() {
    return bytes;
  }

  /** Frame {@code index} as an element of a polling payload. */
  byte[] pollingElement(int index) {
    Frame frame = frames.get(index);
    return frame.binary() ? base64(index, frame) : frame.payload();
  }

  private byte[] base64(int index, Frame frame) {
    // Two loops may both encode: the results are equal, and array slots are written whole.
    byte @Nullable [] @Nullable [] known = base64;
    if (known == null) {
      known = new byte @Nullable [frames.size()][];
      base64 = known;
    }
    byte @Nullable [] element = known[index];
    if (element == null) {
      byte[] text = Base64.getEncoder().encode(frame.payload());
      element = new byte[text.length + 1];
      element[0] = 'b';
      System.arraycopy(text, 0, element, 1, text.length);
      known[index] = element;
    }
    return element;
  }
}
