package io.realtime.socketio.server.namespace;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of one room on one loop. Most rooms have one member, or a few, which are kept in an array
 * that is searched; many are kept in a set. On the loop only.
 */
final class Members {
  /** More than these are kept in a set. */
  static final int FEW = 8;

  private static final NamespaceSocket[] NONE = {};

  private @Nullable NamespaceSocket only;
  private NamespaceSocket[] few = NONE;
  private int count;
  private @Nullable Set<NamespaceSocket> many;

  /** False when it was there already. */
  boolean add(NamespaceSocket socket) {
    if (many != null) {
      return many.add(socket);
    }
    if (socket.equals(only) || indexOf(socket) >= 0) {
      return false;
    }
    if (only == null && count == 0) {
      only = socket;
      return true;
    }
    if (only != null) {
      few = new NamespaceSocket[] {only, socket};
      only = null;
      count = 2;
      return true;
    }
    if (count == FEW) {
      many = new LinkedHashSet<>(Arrays.asList(few).subList(0, count));
      few = NONE;
      count = 0;
      return many.add(socket);
    }
    if (count == few.length) {
      few = Arrays.copyOf(few, FEW);
    }
    few[count++] = socket;
    return true;
  }

  /** False when it was not there. */
  boolean remove(NamespaceSocket socket) {
    if (many != null) {
      return many.remove(socket);
    }
    if (socket.equals(only)) {
      only = null;
      return true;
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
    return many != null ? many.size() : only != null ? 1 : count;
  }

  /** In the order of joining. {@code action} must not change this room. */
  void forEach(Consumer<NamespaceSocket> action) {
    if (only != null) {
      action.accept(only);
      return;
    }
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
