package io.realtime.socketio.server.recovery;

import io.realtime.socketio.server.engine.WirePacket;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events that a log keeps, numbered one behind the other. Most are no objects of their own
 * while they are kept, but a line in some arrays: what lives for minutes, a hundred thousand at a
 * time, is what a garbage collector copies most. For one thread at a time.
 */
final class KeptEvents {
  private static final int FIRST_CAPACITY = 64;

  /** The place of an event that is not among the texts. */
  private static final long NOWHERE = -1;

  private static final List<String> NOBODY = List.of();

  private long first = 1;
  private int size;
  private long bytes;

  /** The texts of most events. */
  private final ByteQueue texts = new ByteQueue();

  // event n has slot n modulo their length, which is a power of two
  private @Nullable List<String>[] rooms = lists(FIRST_CAPACITY);
  private @Nullable List<String>[] except = lists(FIRST_CAPACITY);
  private long[] atNanos = new long[FIRST_CAPACITY];
  private int[] lengths = new int[FIRST_CAPACITY];

  /** Where the text is, of an event that is nothing else. */
  private long[] places = new long[FIRST_CAPACITY];

  /**
   * An event that holds bytes, or is too long; and any that has been read once, for all who read it
   * after that: many come back at the same time.
   */
  private @Nullable WirePacket[] packets = new WirePacket[FIRST_CAPACITY];

  /** The number of the oldest. */
  long first() {
    return first;
  }

  int size() {
    return size;
  }

  /** Bytes of their packets. */
  long bytes() {
    return bytes;
  }

  /** When the oldest was emitted; there must be one. */
  long oldestAtNanos() {
    return atNanos[slot(first)];
  }

  /**
   * Keeps an event.
   *
   * @param number of the next one; or of the last, which then has not happened
   */
  void add(long number, EventDraft draft, long nowNanos) {
    while (first + size > number) {
      size--;
      bytes -= lengths[slot(first + size)];
    }
    if (size == lengths.length) {
      resize(2 * size);
    }
    int slot = slot(number);
    boolean isText = draft.packet().isText() && draft.text().length <= ByteQueue.LONGEST;
    places[slot] = isText ? texts.add(draft.text()) : NOWHERE;
    packets[slot] = isText ? null : draft.packet();
    rooms[slot] = draft.rooms();
    setExcept(slot, draft.except());
    atNanos[slot] = nowNanos;
    lengths[slot] = draft.packet().bytes();
    size++;
    bytes += draft.packet().bytes();
  }

  /** Nearly all have the same, and to store it again would cost more than to look. */
  @SuppressWarnings("ReferenceEquality") // what is equal may be stored again
  private void setExcept(int slot, List<String> names) {
    if (except[slot] != names) {
      except[slot] = names;
    }
  }

  /** All or nothing: memory may fail for each array. */
  private void resize(int capacity) {
    @Nullable List<String>[] newRooms = spread(rooms, lists(capacity));
    @Nullable List<String>[] newExcept = spread(except, lists(capacity));
    @Nullable WirePacket[] newPackets = spread(packets, new WirePacket[capacity]);
    long[] newAtNanos = spread(atNanos, capacity);
    long[] newPlaces = spread(places, capacity);
    int[] newLengths = new int[capacity];
    for (long n = first; n < first + size; n++) {
      newLengths[(int) (n & (capacity - 1))] = lengths[slot(n)];
    }
    rooms = newRooms;
    except = newExcept;
    packets = newPackets;
    atNanos = newAtNanos;
    places = newPlaces;
    lengths = newLengths;
  }

  private <T> @Nullable T[] spread(@Nullable T[] from, @Nullable T[] to) {
    for (long n = first; n < first + size; n++) {
      to[(int) (n & (to.length - 1))] = from[slot(n)];
    }
    return to;
  }

  private long[] spread(long[] from, int capacity) {
    long[] to = new long[capacity];
    for (long n = first; n < first + size; n++) {
      to[(int) (n & (capacity - 1))] = from[slot(n)];
    }
    return to;
  }

  /** Forgets the oldest; there must be one. */
  void removeFirst() {
    int slot = slot(first);
    bytes -= lengths[slot];
    rooms[slot] = null;
    setExcept(slot, NOBODY);
    packets[slot] = null;
    first++;
    size--;
    if (size == 0) {
      texts.clear();
      if (lengths.length > FIRST_CAPACITY) {
        resize(FIRST_CAPACITY);
      }
    } else if (places[slot(first)] != NOWHERE) {
      texts.removeBefore(places[slot(first)]);
    }
  }

  /** Event {@code number}, which must be one of them; the same packet for all who ask. */
  LoggedEvent get(long number) {
    int slot = slot(number);
    WirePacket packet = packets[slot];
    if (packet == null) {
      packet = WirePacket.text(texts.get(places[slot], lengths[slot]));
      packets[slot] = packet;
    }
    return new LoggedEvent(number, packet);
  }

  /** {@code count} of them from number {@code from} on, as they are now, to choose from. */
  Choice from(long from, int count) {
    @Nullable List<String>[] theirRooms = lists(count);
    @Nullable List<String>[] theirExcept = lists(count);
    int[] theirLengths = new int[count];
    int begin = slot(from);
    int straight = Math.min(count, lengths.length - begin);
    System.arraycopy(rooms, begin, theirRooms, 0, straight);
    System.arraycopy(rooms, 0, theirRooms, straight, count - straight);
    System.arraycopy(except, begin, theirExcept, 0, straight);
    System.arraycopy(except, 0, theirExcept, straight, count - straight);
    System.arraycopy(lengths, begin, theirLengths, 0, straight);
    System.arraycopy(lengths, 0, theirLengths, straight, count - straight);
    return new Choice(from, theirRooms, theirExcept, theirLengths);
  }

  /** What is known of some events without their packets. A copy of it, for any one thread. */
  static final class Choice {
    private final long from;
    private final @Nullable List<String>[] rooms;
    private final @Nullable List<String>[] except;
    private final int[] lengths;

    private Choice(
        long from, @Nullable List<String>[] rooms, @Nullable List<String>[] except, int[] lengths) {
      this.from = from;
      this.rooms = rooms;
      this.except = except;
      this.lengths = lengths;
    }

    /** The numbers of those that {@code selector} wants, in order. */
    long[] of(EventSelector selector) {
      long[] chosen = new long[16];
      int count = 0;
      for (int i = 0; i < lengths.length; i++) {
        if (selector.wants(from + i, kept(rooms[i]), kept(except[i]), lengths[i])) {
          if (count == chosen.length) {
            chosen = Arrays.copyOf(chosen, 2 * count);
          }
          chosen[count++] = from + i;
        }
      }
      return Arrays.copyOf(chosen, count);
    }

    /** No list would mean everyone. */
    private static List<String> kept(@Nullable List<String> names) {
      if (names == null) {
        throw new IllegalStateException("event: not kept");
      }
      return names;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // there is no other way to an array of lists
  private static @Nullable List<String>[] lists(int count) {
    return new List[count];
  }

  private int slot(long number) {
    return (int) (number & (lengths.length - 1));
  }
}
