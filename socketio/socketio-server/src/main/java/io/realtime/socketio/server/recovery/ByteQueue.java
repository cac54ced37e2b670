package io.realtime.socketio.server.recovery;

import java.util.Arrays;

/**
 * Byte strings, first in, first out, in a few large arrays that are filled one behind the other:
 * what is in them costs the garbage collector nothing, however long it is kept. Small while there
 * is little. For one thread at a time.
 */
final class ByteQueue {
  /** Bytes of the first array; each further one has twice as many, up to {@link #LARGEST}. */
  static final int SMALLEST = 1 << 10;

  /** Less than half of the smallest region that G1 has: more would be an object of its own kind. */
  static final int LARGEST = 1 << 18;

  /** A longer string is not taken: the end of an array that it does not fit into is lost. */
  static final int LONGEST = LARGEST / 8;

  private static final int OFFSET_BITS = 32;

  private static final byte[] NONE = {};

  /** Array n is in slot n modulo the length, which is a power of two; the others are empty. */
  private byte[][] arrays = slots(4);

  private long first;
  private long behindLast;
  private int used;

  /** The one that was given up last: in a queue that goes on and on it is the next. */
  private byte[] spare = NONE;

  private static byte[][] slots(int count) {
    byte[][] slots = new byte[count][];
    Arrays.fill(slots, NONE);
    return slots;
  }

  /**
   * Takes a copy of {@code bytes}, of which there are at most {@link #LONGEST}.
   *
   * @return where it is
   */
  long add(byte[] bytes) {
    byte[] last = lastWithRoomFor(bytes.length);
    System.arraycopy(bytes, 0, last, used, bytes.length);
    long place = (behindLast - 1) << OFFSET_BITS | used;
    used += bytes.length;
    return place;
  }

  private byte[] lastWithRoomFor(int length) {
    byte[] last = first == behindLast ? NONE : arrays[slot(behindLast - 1)];
    if (first < behindLast && last.length - used >= length) {
      return last;
    }
    if (behindLast - first == arrays.length) {
      grow();
    }
    byte[] next = fresh(Math.max(Math.max(SMALLEST, length), 2 * last.length));
    arrays[slot(behindLast)] = next;
    behindLast++;
    used = 0;
    return next;
  }

  private byte[] fresh(int wanted) {
    int length = Math.min(LARGEST, wanted);
    byte[] next = spare.length >= length ? spare : new byte[length];
    spare = NONE;
    return next;
  }

  private void grow() {
    byte[][] larger = slots(arrays.length * 2);
    for (long n = first; n < behindLast; n++) {
      larger[(int) (n & (larger.length - 1))] = arrays[slot(n)];
    }
    arrays = larger;
  }

  /** A copy of the {@code length} bytes that {@link #add} has put at {@code place}. */
  byte[] get(long place, int length) {
    byte[] array = arrays[slot(place >>> OFFSET_BITS)];
    int offset = (int) place;
    if (length > array.length - offset) {
      throw new IllegalStateException("place: given up");
    }
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** Gives up all that was added before what is at {@code place}. */
  void removeBefore(long place) {
    for (long keep = place >>> OFFSET_BITS; first < keep; first++) {
      spare = arrays[slot(first)];
      arrays[slot(first)] = NONE;
    }
  }

  /** Gives up everything, and the memory that it took. */
  void clear() {
    arrays = slots(4);
    first = behindLast;
    used = 0;
    spare = NONE;
  }

  /** Bytes of memory that it takes. */
  long capacity() {
    long sum = spare.length;
    for (byte[] array : arrays) {
      sum += array.length;
    }
    return sum;
  }

  private int slot(long array) {
    return (int) (array & (arrays.length - 1));
  }
}
