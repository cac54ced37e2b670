package io.realtime.socketio.netty.http;

import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Decoded pieces of requests that wait behind the one that is being answered. Owns its messages.
 */
final class RequestQueue {
  private final int maxPieces;
  private final Queue<Object> pieces = new ArrayDeque<>(2);

  RequestQueue(int maxPieces) {
    this.maxPieces = maxPieces;
  }

  void add(Object piece) {
    pieces.add(piece);
  }

  /** The next piece, which the caller owns and must release; null when none waits. */
  @Nullable Object poll() {
    return pieces.poll();
  }

  /** Whether reading must pause. What one read has brought may go past the bound. */
  boolean isFull() {
    return pieces.size() >= maxPieces;
  }

  void clear() {
    for (Object piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      ReferenceCountUtil.release(piece);
    }
  }
}
