package io.realtime.socketio.netty.websocket;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses messages, each by itself (RFC 7692, 7.2.2). A message is measured before memory is
 * taken for it, so that a small one that stands for a huge one costs no more than the scratch that
 * all connections of a loop share. One for each loop.
 */
final class MessageInflater {
  static final int SCRATCH = 64 * 1024;

  /** What the sender left out at the end of the message. */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private final Inflater inflater = new Inflater(true);
  private byte @Nullable [] scratch;

  /**
   * The message.
   *
   * @param limit of its bytes; past it close code 1009, what is no compressed data 1007
   */
  byte[] inflate(byte[] compressed, int length, int limit) throws WebSocketViolation {
    byte[] buffer = scratch();
    int size = run(compressed, length, buffer, limit);
    if (size <= SCRATCH) {
      return Arrays.copyOf(buffer, size);
    }
    byte[] whole = new byte[size];
    run(compressed, length, whole, limit);
    return whole;
  }

  /** Inflates into {@code target}, from its beginning again whenever it is full. */
  private int run(byte[] compressed, int length, byte[] target, int limit)
      throws WebSocketViolation {
    inflater.reset();
    inflater.setInput(compressed, 0, length);
    boolean inTail = false;
    int total = 0;
    while (true) {
      int at = total % target.length;
      int count = inflate(target, at);
      total += count;
      if (total > limit) {
        throw new WebSocketViolation(CloseCode.MESSAGE_TOO_BIG, "a message past the limit");
      }
      if (inflater.finished()) {
        checkRest(compressed, length, inTail);
        return total;
      }
      if (count == 0 && inflater.needsInput()) {
        if (inTail) {
          return total;
        }
        inTail = true;
        inflater.setInput(TAIL);
      } else if (count == 0) {
        throw malformed();
      }
    }
  }

  private int inflate(byte[] target, int at) throws WebSocketViolation {
    try {
      return inflater.inflate(target, at, target.length - at);
    } catch (DataFormatException notDeflated) {
      throw malformed();
    }
  }

  /** Behind a final block nothing may stand but the empty one that RFC 7692, 7.2.3.4, asks for. */
  private void checkRest(byte[] compressed, int length, boolean inTail) throws WebSocketViolation {
    int rest = inflater.getRemaining();
    if (!inTail && rest > 0 && (rest > 1 || compressed[length - 1] != 0)) {
      throw malformed();
    }
  }

  private byte[] scratch() {
    byte[] known = scratch;
    if (known == null) {
      known = new byte[SCRATCH];
      scratch = known;
    }
    return known;
  }

  private static WebSocketViolation malformed() {
    return new WebSocketViolation(CloseCode.INVALID_PAYLOAD, "a message that cannot be inflated");
  }
}
