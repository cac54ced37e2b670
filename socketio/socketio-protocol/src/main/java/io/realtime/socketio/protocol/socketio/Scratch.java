package io.realtime.socketio.protocol.socketio;

/**
 * Room in which a thread writes one text after another before it knows how long each is. A thread
 * keeps at most {@value #MAX} bytes, a virtual one none, since there may be as many of these as
 * events.
 */
final class Scratch {
  static final int MAX = 8 * 1024;

  private static final int MIN = 1024;
  private static final byte[] NONE = {};

  /** Each holds one array; of the JDK's types only, so that no class stays because of it. */
  private static final ThreadLocal<byte[][]> OF_THREAD =
      ThreadLocal.withInitial(() -> new byte[][] {NONE});

  private Scratch() {}

  /** At least so many bytes with anything in them; nobody else's until they are given back. */
  static byte[] take(int size) {
    if (size > MAX || Thread.currentThread().isVirtual()) {
      return new byte[size];
    }
    byte[][] mine = OF_THREAD.get();
    byte[] free = mine[0];
    mine[0] = NONE; // a value's own toString may write a text in the middle of this one
    return free.length >= size ? free : new byte[Math.max(MIN, size)];
  }

  static void giveBack(byte[] bytes) {
    if (bytes.length <= MAX && !Thread.currentThread().isVirtual()) {
      OF_THREAD.get()[0] = bytes;
    }
  }
}
