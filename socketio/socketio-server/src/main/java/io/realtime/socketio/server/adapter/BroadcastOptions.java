package io.realtime.socketio.server.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a broadcast reaches, and how. Immutable.
 *
 * @param rooms the union that is reached; empty for everyone. A socket's id is a room
 * @param except rooms whose members are left out
 */
public record BroadcastOptions(List<String> rooms, List<String> except, Flags flags) {

  /** Everyone. */
  public static final BroadcastOptions EVERYONE =
      new BroadcastOptions(List.of(), List.of(), Flags.NONE);

  public BroadcastOptions {
    rooms = List.copyOf(rooms);
    except = List.copyOf(except);
  }

  public BroadcastOptions to(String... more) {
    return new BroadcastOptions(union(rooms, more), except, flags);
  }

  public BroadcastOptions except(String... more) {
    return new BroadcastOptions(rooms, union(except, more), flags);
  }

  public BroadcastOptions with(Flags changed) {
    return new BroadcastOptions(rooms, except, changed);
  }

  private static List<String> union(List<String> known, String[] more) {
    if (known.isEmpty() && more.length == 1) { // as most are
      return List.of(more[0]);
    }
    Set<String> union = new LinkedHashSet<>(known);
    union.addAll(List.of(more));
    return new ArrayList<>(union);
  }

  /**
   * How it is sent.
   *
   * @param volatil dropped for clients that cannot take it at this moment
   * @param compress whether transports may compress it
   * @param local only sockets of this node; such options never reach an adapter
   * @param timeout how long answers are waited for, if that was said
   * @param singleAnswer one socket is asked, and its answer is not wrapped in a list
   */
  public record Flags(
      boolean volatil,
      boolean compress,
      boolean local,
      Optional<Duration> timeout,
      boolean singleAnswer) {

    public static final Flags NONE = new Flags(false, true, false, Optional.empty(), false);

    public Flags asVolatile() {
      return new Flags(true, compress, local, timeout, singleAnswer);
    }

    public Flags withCompress(boolean wanted) {
      return new Flags(volatil, wanted, local, timeout, singleAnswer);
    }

    public Flags asLocal() {
      return new Flags(volatil, compress, true, timeout, singleAnswer);
    }

    public Flags withTimeout(Duration limit) {
      return new Flags(volatil, compress, local, Optional.of(limit), singleAnswer);
    }

    public Flags withSingleAnswer() {
      return new Flags(volatil, compress, local, timeout, true);
    }
  }
}
