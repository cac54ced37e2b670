package io.realtime.socketio.server.namespace;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of one room on one loop. Most rooms have a member or two, so few are kept in an array
 * that is searched, many in a set. On the loop only.
 */
final class Members {
  /** More than these are kept in a set. */
  static final int FEW = 8;

  private NamespaceSocket[] few = new NamespaceSocket[1];
  private int count;
  private @Nullable Set<NamespaceSocket> many;

  /** False when it was there already. */
  boolean add(NamespaceSocket socket) {
    if (many != null) {
      return many.add(socket);
    }
    if (indexOf(socket) >= 0) {
      return false;
    }
    if (count == FEW) {
      many = new LinkedHashSet<>(Arrays.asList(few).subList(0, count));
      few = new NamespaceSocket[0];
      count = 0;
      return many.add(socket);
    }
    if (count == few.length) {
      few = Arrays.copyOf(few, Math.min(FEW, count * 2));
    }
    few[count++] = socket;
    return true;
  }

  /** False when it was not there. */
  boolean remove(NamespaceSocket socket) {
    if (many != null) {
      return many.remove(socket);
    }
    int index = indexOf(socket);
    if (index < 0) {
      return false;
    }
    System.arraycopy(few, index + 1, few, index, count - index - 1);
    count--;
    release(count);
    return true;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  int size() {
    return many != null ? many.size() : count;
  }

  /** In the order of joining. {@code action} must not change this room. */
  void forEach(Consumer<NamespaceSocket> action) {
    if (many != null) {
      many.forEach(action);
      return;
    }
    for (int i = 0; i < count; i++) {
      action.accept(few[i]);
    }
  }

  private int indexOf(NamespaceSocket socket) {
    for (int i = 0; i < count; i++) {
      if (few[i].equals(socket)) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("NullAway") // the slot is outside the room from here on
  private void release(int index) {
    few[index] = null;
  }
}
