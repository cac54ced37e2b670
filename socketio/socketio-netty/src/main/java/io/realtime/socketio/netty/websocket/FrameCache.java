package io.realtime.socketio.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.realtime.socketio.netty.loop.NettyLoop;
import io.realtime.socketio.server.transport.Frame;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The encoded form of the frames that one loop has written since its tasks were last caught up
 * with: a broadcast is encoded once per loop (twice, where encoding is only a copy and the frame is
 * new), and every channel writes a duplicate of the same bytes. Bounded; a frame that finds no room
 * is encoded for its channel alone.
 */
public final class FrameCache {
  /** Frames that are kept at a time. */
  static final int MAX_FRAMES = 512;

  /** Encoded bytes that are kept at a time. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private final NettyLoop loop;
  private final FrameEncoder encoder;
  private final IdentityHashMap<Frame, ByteBuf> encoded = new IdentityHashMap<>();
  private int bytes;
  private boolean clearing;

  /** The last text that is kept, and its bytes. */
  private @Nullable Object last;

  private @Nullable ByteBuf lastBytes;

  FrameCache(NettyLoop loop, FrameEncoder encoder) {
    this.loop = loop;
    this.encoder = encoder;
  }

  /** The frame's bytes, which the caller owns and must release. */
  ByteBuf encode(ByteBufAllocator alloc, Frame frame) {
    if (lastBytes != null && isLast(frame)) {
      return lastBytes.retainedDuplicate();
    }
    ByteBuf known = encoded.isEmpty() ? null : encoded.get(frame);
    if (known != null) {
      return known.retainedDuplicate();
    }
    ByteBuf fresh = encoder.encode(alloc, frame);
    if (!frame.binary() && frame.isNewOn(loop) && encoder.onlyCopies(frame)) {
      return fresh; // most events have one recipient, for whom keeping costs more than copying
    }
    return keep(frame, fresh) ? fresh.retainedDuplicate() : fresh;
  }

  private boolean keep(Frame frame, ByteBuf fresh) {
    int size = fresh.readableBytes();
    if (encoded.size() >= MAX_FRAMES || size > MAX_BYTES - bytes || !clearLater()) {
      return false;
    }
    encoded.put(frame, fresh);
    bytes += size;
    if (!frame.binary()) {
      last = frame;
      lastBytes = fresh;
    }
    return true;
  }

  /** The same object: what is equal costs more to find out than to encode. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isLast(Object frame) {
    return frame == last;
  }

  /** How many frames are kept now. */
  int size() {
    return encoded.size();
  }

  private boolean clearLater() {
    if (!clearing) {
      clearing = loop.tryExecute(this::clear);
    }
    return clearing;
  }

  private void clear() {
    clearing = false;
    bytes = 0;
    last = null;
    lastBytes = null;
    encoded.values().forEach(ByteBuf::release);
    encoded.clear();
  }
}
