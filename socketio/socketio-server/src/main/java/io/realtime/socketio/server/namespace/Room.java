package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.engine.Ids;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A room of one namespace on this node, from its first member (or one who is about to join) to its
 * last. Any thread, but for a loop's members.
 */
final class Room {
  private static final int SEVERAL = -1;
  private static final @Nullable Occupants[] NONE = {};

  /** Its name, as what is sent to it alone says it. */
  private final List<String> asTarget;

  /** For each loop how many members it has or is about to have; replaced, never written to. */
  private volatile int[] counts;

  /** The loop of its first member: most rooms never have one on another. */
  private final int firstLoop;

  /** Belongs to that loop; absent when it has no members there. */
  private @Nullable Occupants first;

  /**
   * From the first member on another loop on, a slot for each loop, which belongs to it. Whoever
   * joins there counts before, and is handed over to the loop after it was made.
   */
  private @Nullable Occupants[] others = NONE;

  /** Whether its name is as long as that of a socket, which is in a room of its id unasked. */
  private final boolean maybeOfSocket;

  private volatile boolean gone;

  /** See {@link #onlyLoop}. */
  private volatile int home = SEVERAL;

  /**
   * @param firstLoop the loop of its first member, which is yet to be counted
   */
  Room(String name, int loops, int firstLoop) {
    this.asTarget = List.of(name);
    this.maybeOfSocket = name.length() == Ids.LENGTH;
    this.counts = new int[loops];
    this.firstLoop = firstLoop;
  }

  /** Within a change of the table of rooms; false when nobody is left, and the room is gone. */
  boolean count(int loop, int by) {
    if (loop != firstLoop && others.length == 0) {
      others = new Occupants[counts.length];
    }
    int[] changed = counts.clone();
    changed[loop] += by;
    counts = changed;
    int loops = 0;
    int last = SEVERAL;
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] != 0) {
        loops++;
        last = i;
      }
    }
    home = loops == 1 ? last : SEVERAL;
    gone = loops == 0;
    return loops > 0;
  }

  /** This room and no other, by name: one object for as long as it lasts. */
  List<String> asTarget() {
    return asTarget;
  }

  /** Whether a socket may be in it that has not joined, since it is named by that socket's id. */
  boolean maybeOfSocket() {
    return maybeOfSocket;
  }

  /** Whether another room may have its name by now. */
  boolean isGone() {
    return gone;
  }

  /** The one loop that has members; -1 when there are several, or none. */
  int onlyLoop() {
    return home;
  }

  /** Sets the bit of every loop on which it has members. */
  void addLoops(BitSet into) {
    int[] now = counts;
    for (int loop = 0; loop < now.length; loop++) {
      if (now[loop] > 0) {
        into.set(loop);
      }
    }
  }

  int size() {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /** On that loop: false when it has no members there. {@code action} must not change it. */
  boolean forEach(int loop, Consumer<NamespaceSocket> action) {
    switch (on(loop)) {
      case null -> {
        return false;
      }
      case NamespaceSocket alone -> action.accept(alone);
      case Members several -> several.forEach(action);
    }
    return true;
  }

  /** On that loop: false when it was a member already. */
  boolean add(int loop, NamespaceSocket socket) {
    return switch (on(loop)) {
      case null -> {
        set(loop, socket);
        yield true;
      }
      case NamespaceSocket alone when alone.equals(socket) -> false;
      case NamespaceSocket alone -> {
        Members both = new Members();
        set(loop, both);
        yield both.add(alone) && both.add(socket);
      }
      case Members several -> several.add(socket);
    };
  }

  /** On that loop: false when it was no member. */
  boolean remove(int loop, NamespaceSocket socket) {
    return switch (on(loop)) {
      case null -> false;
      case NamespaceSocket alone -> {
        boolean was = alone.equals(socket);
        if (was) {
          set(loop, null);
        }
        yield was;
      }
      case Members several -> {
        boolean was = several.remove(socket);
        if (several.isEmpty()) {
          set(loop, null);
        }
        yield was;
      }
    };
  }

  private @Nullable Occupants on(int loop) {
    if (loop == firstLoop) {
      return first;
    }
    return loop < others.length ? others[loop] : null;
  }

  private void set(int loop, @Nullable Occupants occupants) {
    if (loop == firstLoop) {
      first = occupants;
    } else {
      others[loop] = occupants;
    }
  }
}
