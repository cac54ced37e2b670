package io.realtime.notify.core.delivery;

import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every eviction to the log {@code audit} and counts it. The first of a user and reason is
 * written at once, those that follow are summed up and written at most every 10 seconds: a user who
 * gets a million events must not fill the disk. Any thread; one lock, not held while writing.
 */
public final class EvictionAudit implements EvictionLog {
  private static final Duration QUIET = Duration.ofSeconds(10);

  /** Users whose lines are summed up; past it each eviction has its own line. */
  private static final int MAX_USERS = 10_000;

  private final DeliveryMetrics metrics;
  private final InstantSource clock;
  private final Consumer<String> lines;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Window> windows = new LinkedHashMap<>();

  public EvictionAudit(DeliveryMetrics metrics, InstantSource clock) {
    this(metrics, clock, auditLog());
  }

  /**
   * @param lines takes each line in place of the log; called by whoever evicts or sweeps, must
   *     return at once and not throw
   */
  public EvictionAudit(DeliveryMetrics metrics, InstantSource clock, Consumer<String> lines) {
    this.metrics = metrics;
    this.clock = clock;
    this.lines = lines;
  }

  private static Consumer<String> auditLog() {
    Logger audit = LoggerFactory.getLogger("audit");
    return line -> audit.warn("{}", line);
  }

  private record Key(String userId, Gap.Reason reason) {}

  /**
   * @param writtenAt when the last line was written
   * @param since what has come since then
   */
  private record Window(long writtenAt, Optional<Gap> since) {}

  @Override
  public void evicted(String userId, Gap evicted) {
    metrics.evicted(evicted);
    if (writeNow(new Key(userId, evicted.reason()), evicted)) {
      lines.accept(line(userId, evicted));
    }
  }

  private boolean writeNow(Key key, Gap evicted) {
    lock.lock();
    try {
      Window window = windows.get(key);
      if (window == null) {
        if (windows.size() < MAX_USERS) {
          windows.put(key, new Window(clock.millis(), Optional.empty()));
        }
        return true;
      }
      Gap sum = window.since().map(before -> before.merge(evicted)).orElse(evicted);
      windows.put(key, new Window(window.writtenAt(), Optional.of(sum)));
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Writes the sums that are due. To be called about once a second. */
  public void sweep() {
    List<String> due = new ArrayList<>();
    long now = clock.millis();
    lock.lock();
    try {
      windows
          .entrySet()
          .removeIf(
              entry ->
                  now - entry.getValue().writtenAt() >= QUIET.toMillis()
                      && isOver(entry, now, due));
    } finally {
      lock.unlock();
    }
    due.forEach(lines);
  }

  private static boolean isOver(Map.Entry<Key, Window> entry, long now, List<String> due) {
    Optional<Gap> since = entry.getValue().since();
    since.ifPresent(
        gap -> {
          due.add(line(entry.getKey().userId(), gap));
          entry.setValue(new Window(now, Optional.empty()));
        });
    return since.isEmpty();
  }

  private static String line(String userId, Gap gap) {
    return "inbox gap: user=%s reason=%s evicted=%d seqs=%d-%d since=%s until=%s"
        .formatted(
            printable(userId),
            gap.reason().name().toLowerCase(Locale.ROOT),
            gap.evicted(),
            gap.fromSeq(),
            gap.untilSeq(),
            gap.since(),
            gap.until());
  }

  /** Ids come from outside: one line each, nothing that a terminal obeys. */
  private static String printable(String userId) {
    return userId.replaceAll("[\\p{Cntrl}\\s]", "?");
  }
}
