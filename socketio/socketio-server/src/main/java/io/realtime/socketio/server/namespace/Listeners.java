package io.realtime.socketio.server.namespace;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All that an application has registered with one socket, few and compact. Any thread registers; a
 * registration is seen by what is dispatched after it.
 */
final class Listeners {
  private static final Registration[] NONE = {};

  private final AtomicReference<Registration[]> all = new AtomicReference<>(NONE);

  /** Whether somebody wants to see what is sent: asked for every packet. */
  private volatile boolean outgoing;

  /** Behind the ones that are there. */
  void add(Registration added) {
    change(known -> insert(known, known.length, added));
  }

  /** Before the ones that are there. */
  void prepend(Registration added) {
    change(known -> insert(known, 0, added));
  }

  /** Takes back the latest one that matches. */
  void removeLast(Predicate<Registration> which) {
    change(
        known -> {
          for (int i = known.length - 1; i >= 0; i--) {
            if (which.test(known[i])) {
              return without(known, i);
            }
          }
          return known;
        });
  }

  void removeAll(Predicate<Registration> which) {
    change(known -> Arrays.stream(known).filter(which.negate()).toArray(Registration[]::new));
  }

  /** Takes back one like this; false when it was gone. */
  boolean remove(Registration registered) {
    while (true) {
      Registration[] known = all.get();
      int at = indexOf(known, registered);
      if (at < 0) {
        return false;
      }
      if (all.compareAndSet(known, without(known, at))) {
        return true;
      }
    }
  }

  boolean hasOutgoing() {
    return outgoing;
  }

  boolean has(Class<? extends Registration> kind) {
    for (Registration registered : all.get()) {
      if (kind.isInstance(registered)) {
        return true;
      }
    }
    return false;
  }

  /** Those of one kind, as they are when this is called, in their order. */
  <R extends Registration> void forEach(Class<R> kind, Consumer<R> action) {
    for (Registration registered : all.get()) {
      if (kind.isInstance(registered)) {
        action.accept(kind.cast(registered));
      }
    }
  }

  private void change(java.util.function.UnaryOperator<Registration[]> change) {
    all.updateAndGet(change);
    outgoing = has(Registration.OnOutgoing.class);
  }

  private static int indexOf(Registration[] known, Registration registered) {
    for (int i = 0; i < known.length; i++) {
      if (known[i].equals(registered)) {
        return i;
      }
    }
    return -1;
  }

  private static Registration[] insert(Registration[] known, int at, Registration added) {
    Registration[] next = new Registration[known.length + 1];
    System.arraycopy(known, 0, next, 0, at);
    next[at] = added;
    System.arraycopy(known, at, next, at + 1, known.length - at);
    return next;
  }

  private static Registration[] without(Registration[] known, int at) {
    Registration[] next = new Registration[known.length - 1];
    System.arraycopy(known, 0, next, 0, at);
    System.arraycopy(known, at + 1, next, at, next.length - at);
    return next;
  }
}
