package io.realtime.socketio.server.engine;

import io.realtime.socketio.protocol.socketio.EncodedPacket;
import io.realtime.socketio.server.revision.BytesForm;
import io.realtime.socketio.server.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A packet in its wire forms, encoded once and shared by all recipients on all loops: WebSocket
 * frames, which are also the elements of a polling payload. Immutable but for the other forms of
 * bytes, each of which is made when it is first asked for.
 */
public final class WirePacket {
  /** The frame of a packet that has one, as most have; kept without a list. */
  private final @Nullable Frame only;

  private final List<Frame> several;
  private final int bytes;
  private final boolean compress;
  private final @Nullable String conflationKey;
  private @Nullable WirePacket uncompressed;

  /** The frames with bytes in other forms; absent when there are no bytes. */
  private final @Nullable ConcurrentMap<BytesForm, List<Frame>> otherForms;

  private WirePacket(Frame only) {
    this(only, List.of(), only.payload().length, true, null);
  }

  private WirePacket(
      @Nullable Frame only,
      List<Frame> several,
      int bytes,
      boolean compress,
      @Nullable String conflationKey) {
    this.only = only;
    this.several = several;
    this.bytes = bytes;
    this.compress = compress;
    this.conflationKey = conflationKey;
    boolean binary = only == null ? holdsBytes(several) : only.binary();
    this.otherForms = binary ? new ConcurrentHashMap<>(2) : null;
  }

  /** A frame for each part. */
  public static WirePacket of(EncodedPacket packet) {
    List<EncodedPacket.Part> parts = packet.parts();
    if (parts.size() == 1) {
      return new WirePacket(frame(parts.getFirst()));
    }
    List<Frame> frames = new ArrayList<>(parts.size());
    for (EncodedPacket.Part part : parts) {
      frames.add(frame(part));
    }
    return new WirePacket(null, List.copyOf(frames), packet.size(), true, null);
  }

  private static Frame frame(EncodedPacket.Part part) {
    return new Frame(part.binary(), part.bytes());
  }

  /** One text frame; for polling it must begin with its Engine.IO type. */
  public static WirePacket text(byte[] utf8) {
    return new WirePacket(new Frame(false, utf8));
  }

  /** One binary message. */
  public static WirePacket binary(byte[] payload) {
    return new WirePacket(new Frame(true, payload));
  }

  /** The same packet, which may take the place of an older one with the same key that waits. */
  public WirePacket conflatedBy(String key) {
    return new WirePacket(only, several, bytes, compress, key);
  }

  @Nullable String conflationKey() {
    return conflationKey;
  }

  /** The same packet, sharing its frames, which no transport may compress. */
  public WirePacket uncompressed() {
    if (!compress) {
      return this;
    }
    WirePacket known = uncompressed; // two threads may both make one: they are equal
    if (known == null) {
      known = new WirePacket(only, several, bytes, false, conflationKey);
      uncompressed = known;
    }
    return known;
  }

  /** Whether a transport that compresses may compress it. */
  public boolean compress() {
    return compress;
  }

  /** Whether it is one text frame and nothing else, as most are. */
  public boolean isText() {
    return onlyText() != null;
  }

  int frameCount() {
    return only == null ? several.size() : 1;
  }

  /** The one text frame that it is in every form; absent for any other packet. */
  @Nullable Frame onlyText() {
    return otherForms == null ? only : null;
  }

  /** In order, never interleaved with other messages. */
  List<Frame> frames(BytesForm form) {
    return otherForms == null || form == BytesForm.PLAIN
        ? frames()
        : otherForms.computeIfAbsent(form, this::inForm);
  }

  private List<Frame> frames() {
    return only == null ? several : List.of(only);
  }

  /** Payload bytes of all frames: what it counts for in the outbound bounds. */
  public int bytes() {
    return bytes;
  }

  private List<Frame> inForm(BytesForm form) {
    return frames().stream()
        .map(frame -> frame.binary() ? form.frame(frame.payload()) : frame)
        .toList();
  }

  private static boolean holdsBytes(List<Frame> frames) {
    for (Frame frame : frames) {
      if (frame.binary()) {
        return true;
      }
    }
    return false;
  }
}
