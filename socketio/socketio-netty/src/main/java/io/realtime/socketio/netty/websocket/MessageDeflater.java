package io.realtime.socketio.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.realtime.socketio.server.http.MessageDeflate;
import io.realtime.socketio.server.transport.Frame;
import java.util.zip.Deflater;

/**
 * Compresses messages, each by itself (RFC 7692, 7.2.1, {@code server_no_context_takeover}), so
 * that the frame is the same for every connection. What would not become shorter is sent as it is.
 * One for each loop.
 */
final class MessageDeflater implements FrameEncoder {
  /** The empty block that ends a message and is not sent. */
  private static final int TAIL_BYTES = 4;

  private static final int KEPT = 64 * 1024;

  private final int threshold;
  private final Deflater deflater;
  private final byte[] kept = new byte[KEPT];

  MessageDeflater(MessageDeflate settings) {
    this.threshold = settings.threshold();
    this.deflater = new Deflater(settings.level(), true);
  }

  @Override
  public boolean onlyCopies(Frame frame) {
    return frame.payload().length < threshold || frame.payload().length <= TAIL_BYTES;
  }

  @Override
  public ByteBuf encode(ByteBufAllocator alloc, Frame frame) {
    byte[] payload = frame.payload();
    if (onlyCopies(frame)) {
      return FrameWriter.data(alloc, frame);
    }
    byte[] out = payload.length <= KEPT ? kept : new byte[payload.length];
    deflater.reset();
    deflater.setInput(payload);
    int length = deflater.deflate(out, 0, payload.length, Deflater.SYNC_FLUSH);
    return length < payload.length
        ? FrameWriter.deflated(alloc, frame, out, length - TAIL_BYTES)
        : FrameWriter.data(alloc, frame);
  }
}
