package io.realtime.socketio.netty.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** One value for each loop, touched by the thread of its loop alone. Immutable itself. */
public final class PerLoop<T> {
  private final List<NettyLoop> loops;
  private final List<T> values;

  /** Makes the values on the calling thread, before any loop can see them. */
  public PerLoop(List<NettyLoop> loops, Function<NettyLoop, T> create) {
    this.loops = loops;
    List<T> created = new ArrayList<>(loops.size());
    for (NettyLoop loop : loops) {
      created.add(create.apply(loop));
    }
    this.values = List.copyOf(created);
  }

  public T of(NettyLoop loop) {
    return values.get(loop.index());
  }

  /** Runs {@code action} for every value, on its loop. */
  public void forEachOnLoop(Consumer<T> action) {
    for (NettyLoop loop : loops) {
      loop.execute(() -> action.accept(of(loop)));
    }
  }
}
