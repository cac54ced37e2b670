package io.realtime.socketio.server.recovery;

import io.realtime.socketio.server.engine.WirePacket;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events that a log keeps, numbered one behind the other. An event is no object while it is
 * kept, but a line in some arrays: a hundred thousand objects that live for a second are what a
 * garbage collector copies most and longest. For one thread at a time.
 */
final class KeptEvents {
  private static final int FIRST_CAPACITY = 64;

  private long first = 1;
  private int size;
  private long bytes;

  /** The texts of most events. */
  private final ByteQueue texts = new ByteQueue();

  // event n has slot n modulo their length, which is a power of two
  private @Nullable List<String>[] rooms;
  private @Nullable List<String>[] except;
  private long[] atNanos;
  private int[] lengths;

  /** Where the text is, of an event that is nothing else. */
  private long[] places;

  /** An event that holds bytes, or is too long. */
  private @Nullable WirePacket[] others;

  KeptEvents() {
    rooms = lists(FIRST_CAPACITY);
    except = lists(FIRST_CAPACITY);
    atNanos = new long[FIRST_CAPACITY];
    lengths = new int[FIRST_CAPACITY];
    places = new long[FIRST_CAPACITY];
    others = new WirePacket[FIRST_CAPACITY];
  }

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

  /** Keeps the next event. */
  void add(EventDraft draft, long nowNanos) {
    if (size == lengths.length) {
      resize(2 * size);
    }
    int slot = slot(first + size);
    rooms[slot] = draft.rooms();
    except[slot] = draft.except();
    atNanos[slot] = nowNanos;
    lengths[slot] = draft.packet().bytes();
    if (draft.packet().isText() && draft.text().length <= ByteQueue.LONGEST) {
      places[slot] = texts.add(draft.text());
    } else {
      others[slot] = draft.packet();
    }
    size++;
    bytes += draft.packet().bytes();
  }

  private void resize(int capacity) {
    rooms = spread(rooms, lists(capacity));
    except = spread(except, lists(capacity));
    others = spread(others, new WirePacket[capacity]);
    atNanos = spread(atNanos, capacity);
    places = spread(places, capacity);
    int[] more = new int[capacity];
    for (long n = first; n < first + size; n++) {
      more[(int) (n & (capacity - 1))] = lengths[slot(n)];
    }
    lengths = more; // last: it says how many slots there are
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
    except[slot] = null;
    others[slot] = null;
    first++;
    size--;
    if (size == 0) {
      texts.clear();
      if (lengths.length > FIRST_CAPACITY) {
        resize(FIRST_CAPACITY);
      }
    } else if (others[slot(first)] == null) {
      texts.removeBefore(places[slot(first)]);
    }
  }

  /** Event {@code number}, which must be one of them. */
  LoggedEvent get(long number) {
    int slot = slot(number);
    WirePacket other = others[slot];
    WirePacket packet =
        other != null ? other : WirePacket.text(texts.get(places[slot], lengths[slot]));
    return new LoggedEvent(number, packet);
  }

  /** The last {@code count} of them, for somebody to choose from. */
  Choice last(int count) {
    @Nullable List<String>[] theirRooms = lists(count);
    @Nullable List<String>[] theirExcept = lists(count);
    int[] theirLengths = new int[count];
    long from = first + size - count;
    for (int i = 0; i < count; i++) {
      int slot = slot(from + i);
      theirRooms[i] = rooms[slot];
      theirExcept[i] = except[slot];
      theirLengths[i] = lengths[slot];
    }
    return new Choice(from, theirRooms, theirExcept, theirLengths);
  }

  /** What is known of some events without their packets. */
  static final class Choice {
    private final long from;
    private final @Nullable List<String>[] rooms;
    private final @Nullable List<String>[] except;
    private final int[] lengths;

    Choice(
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
        if (selector.wants(from + i, known(rooms[i]), known(except[i]), lengths[i])) {
          if (count == chosen.length) {
            chosen = Arrays.copyOf(chosen, 2 * count);
          }
          chosen[count++] = from + i;
        }
      }
      return Arrays.copyOf(chosen, count);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // there is no other way to an array of lists
  private static @Nullable List<String>[] lists(int count) {
    return new List[count];
  }

  private static List<String> known(@Nullable List<String> kept) {
    return kept == null ? List.of() : kept;
  }

  private int slot(long number) {
    return (int) (number & (lengths.length - 1));
  }
}
