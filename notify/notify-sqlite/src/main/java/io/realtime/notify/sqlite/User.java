package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the writer knows of a user without asking the file. Of the writer's thread; thrown away when
 * a transaction fails.
 */
final class User {
  /** How precisely the time of the last entry is kept: rarely written, and never too early. */
  private static final long GRAIN_MILLIS = 3_600_000;

  final long id;
  final String name;
  final Map<String, Pid> pids = new LinkedHashMap<>();
  private Position head;
  private long stored;
  private int unproven;
  private long unprovenBytes;
  private int proven;
  private long provenBytes;

  User(long id, String name, Position head, long stored) {
    this.id = id;
    this.name = name;
    this.head = head;
    this.stored = stored;
  }

  /**
   * A session that may come back.
   *
   * @param opened in the order of all sessions
   * @param lastAlive in milliseconds; {@link #LIVING} while it has no end
   */
  record Pid(
      String pid, long life, long opened, long lastAlive, boolean recoverable, String rooms) {
    static final long LIVING = Long.MAX_VALUE;
  }

  /** Later than the last entry, by at most an hour. */
  static long storedAt(long nowMillis) {
    return (nowMillis / GRAIN_MILLIS + 1) * GRAIN_MILLIS;
  }

  void appended(Position position, long cost, long nowMillis) {
    head = position;
    if (stored <= nowMillis) {
      stored = storedAt(nowMillis);
    }
    unproven++;
    unprovenBytes += cost;
  }

  void counted(int entries, long bytes, boolean ofProven) {
    if (ofProven) {
      proven += entries;
      provenBytes += bytes;
    } else {
      unproven += entries;
      unprovenBytes += bytes;
    }
  }

  Position head() {
    return head;
  }

  long stored() {
    return stored;
  }

  int unproven() {
    return unproven;
  }

  long unprovenBytes() {
    return unprovenBytes;
  }

  int proven() {
    return proven;
  }

  long provenBytes() {
    return provenBytes;
  }
}
