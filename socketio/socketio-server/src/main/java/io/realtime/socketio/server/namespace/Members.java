package io.realtime.socketio.server.namespace;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of one room on one loop. A few are kept in an array that is searched; of many a set knows
 * who is there, and the array is written anew from it when they have changed and are visited: a set
 * is walked by way of an object for each member. On the loop only.
 */
final class Members implements Occupants {
  /** More than these are kept in a set. */
  static final int FEW = 8;

  private static final NamespaceSocket[] NONE = {};

  /** The first {@link #count} are members; those of the set only when it is not {@link #stale}. */
  private NamespaceSocket[] array = NONE;

  private int count;
  private @Nullable Set<NamespaceSocket> many;

  /** Whether the set has changed since the array was written. */
  private boolean stale;

  private boolean visiting;

  /** False when it was there already. */
  boolean add(NamespaceSocket socket) {
    assert !visiting : "a room is changed by what it is asked to do";
    if (many != null) {
      return changed(many.add(socket));
    }
    if (indexOf(socket) >= 0) {
      return false;
    }
    if (count == FEW) {
      many = new LinkedHashSet<>(Arrays.asList(array).subList(0, count));
      return changed(many.add(socket));
    }
    if (count == array.length) {
      array = Arrays.copyOf(array, count == 0 ? 2 : FEW);
    }
    array[count++] = socket;
    return true;
  }

  /** False when it was not there. */
  boolean remove(NamespaceSocket socket) {
    assert !visiting : "a room is changed by what it is asked to do";
    if (many != null) {
      return changed(many.remove(socket));
    }
    int index = indexOf(socket);
    if (index < 0) {
      return false;
    }
    System.arraycopy(array, index + 1, array, index, count - index - 1);
    count--;
    release(count, count + 1);
    return true;
  }

  /** Nobody who has left is held on to: what is stale is not kept. */
  private boolean changed(boolean changed) {
    if (changed && !stale) {
      stale = true;
      release(0, count);
      count = 0;
    }
    return changed;
  }

  boolean isEmpty() {
    return many != null ? many.isEmpty() : count == 0;
  }

  /** In the order of joining. {@code action} must not change this room. */
  void forEach(Consumer<NamespaceSocket> action) {
    if (stale) {
      write();
    }
    visiting = true;
    try {
      for (int i = 0; i < count; i++) {
        action.accept(array[i]);
      }
    } finally {
      visiting = false;
    }
  }

  private void write() {
    if (many != null) {
      count = many.size();
      if (count > array.length || count < array.length / 4) {
        array = new NamespaceSocket[count + count / 2]; // so that not every newcomer makes one
      }
      array = many.toArray(array);
    }
    stale = false;
  }

  private int indexOf(NamespaceSocket socket) {
    for (int i = 0; i < count; i++) {
      if (array[i].equals(socket)) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("NullAway") // the slots are outside the room from here on
  private void release(int from, int to) {
    Arrays.fill(array, from, to, null);
  }
}
