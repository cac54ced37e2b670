package io.realtime.verification.simulation;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Welcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's notes of devices that come: what the store decided they are owed, and what they were
 * told.
 */
final class Arrivals {
  /** Who is back within this time after it had everything misses nothing. */
  private static final Duration BREAK = Duration.ofMinutes(2);

  private final Oracle oracle;
  private final Scheduler scheduler;
  private final Consumer<Supplier<String>> trace;
  private final Map<String, Connection> byPid = new HashMap<>();
  private @Nullable Connection beginning;

  /**
   * @param trace hears what became of each connection
   */
  Arrivals(Oracle oracle, Scheduler scheduler, Consumer<Supplier<String>> trace) {
    this.oracle = oracle;
    this.scheduler = scheduler;
    this.trace = trace;
  }

  /** The product is about to hear of it: the next pid that it makes up is this one's. */
  void begins(Connection connection) {
    beginning = connection;
  }

  /** The chance that pids are made of. */
  RandomGenerator pids(RandomGenerator chance) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return chance.nextLong();
      }

      @Override
      public void nextBytes(byte[] bytes) {
        chance.nextBytes(bytes);
        if (beginning != null) {
          byPid.put(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), beginning);
        }
        beginning = null;
      }
    };
  }

  /** What to note when the store has decided what a connection is owed. */
  Consumer<Welcome> deciding(Arrival arrival) {
    return welcome -> {
      Connection connection = byPid.get(arrival.freshPid());
      if (connection == null) {
        throw new IllegalStateException("a pid that nobody was given (expected: a connection's)");
      }
      decided(connection, arrival, welcome);
    };
  }

  private void decided(Connection connection, Arrival arrival, Welcome welcome) {
    Device device = connection.device();
    History history = oracle.of(arrival.userId());
    long head = welcome.head().seq();
    boolean believed =
        switch (welcome) {
          case Welcome.Fresh fresh -> fresh.chained();
          case Welcome.Recovered _ -> true;
        };
    connection.head = Optional.of(welcome.head());
    connection.since = head;
    connection.resentBehind = head;
    connection.excused.clear();
    if (believed) {
      long returned = arrival.returnedPosition().map(Position::seq).orElseThrow();
      connection.returned = returned;
      connection.resentBehind = returned;
      history.provenUpTo(returned, oracle.countProof());
      if (welcome instanceof Welcome.Recovered
          || scheduler.millis() - device.completeAt <= BREAK.toMillis()) {
        connection.since = returned;
      }
    }
    if (connection.since == head) {
      connection.excused.addAll(history.provenAt.keySet());
    }
    connection.decidedAt = oracle.proofs();
    if (connection.welcomed()) {
      device.seenElsewhere.addAll(connection.excused);
    }
    trace.accept(() -> "welcome " + device + " " + text(welcome));
  }

  private static String text(Welcome welcome) {
    return switch (welcome) {
      case Welcome.Fresh it ->
          "new pid=%s start=%d head=%d chained=%s gaps=%s"
              .formatted(it.pid(), it.start().seq(), it.head().seq(), it.chained(), it.gaps());
      case Welcome.Recovered it ->
          "again pid=%s missed=%d head=%d gaps=%s"
              .formatted(it.pid(), it.missed().size(), it.head().seq(), it.gaps());
    };
  }

  /** The client reads that it is connected; what it had missed it has read before. */
  void connected(Connection connection, boolean recovered) {
    Device device = connection.device();
    trace.accept(() -> (recovered ? "recovered " : "connected ") + device);
    if (!recovered) {
      device.forgetWatch();
      device.seenElsewhere.addAll(connection.excused);
      return;
    }
    if (device.watching) {
      oracle.violation("I12 recovered without what it watches", device.toString());
    }
    holes(device, connection)
        .forEach(seq -> oracle.violation("I12 recovered with a hole", device + " seq " + seq));
  }

  /**
   * What is missing of all that its inbox ever held: whoever is told of a hole before his position
   * knows of it, one behind it makes {@code recovered} a lie in any case.
   */
  private List<Long> holes(Device device, Connection connection) {
    History history = oracle.of(device.userId());
    long head = connection.head.map(Position::seq).orElseThrow();
    List<Long> holes = new ArrayList<>();
    for (long seq : history.stored.keySet()) {
      boolean excused =
          device.got.contains(seq)
              || (seq <= connection.returned
                  && (device.seenElsewhere.contains(seq) || history.evicted(seq)));
      if (seq <= head && !excused) {
        holes.add(seq);
      }
    }
    return holes;
  }
}
