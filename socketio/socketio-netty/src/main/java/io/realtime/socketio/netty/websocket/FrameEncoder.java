package io.realtime.socketio.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.realtime.socketio.server.transport.Frame;

/** Turns a message into the bytes of a frame, which the caller owns. On one loop. */
@FunctionalInterface
interface FrameEncoder {

  ByteBuf encode(ByteBufAllocator alloc, Frame frame);

  /** Whether encoding this one is no more than a copy. */
  default boolean onlyCopies(Frame frame) {
    return true;
  }
}
