package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.sqlite.User.Pid;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sessions that may come back. Written when they are made and when they end; a living one of this
 * process needs no write. Writer's thread.
 */
final class Pids {
  /** Rows that one purge drops. */
  private static final int SLICE = 2_000;

  private final Sql ofUser;
  private final Sql put;
  private final Sql delete;
  private final Sql ended;
  private final Sql abandoned;
  private final InboxLimits limits;
  private final long life;
  private final long startedMillis;
  private final Set<Long> changedUsers = new LinkedHashSet<>();
  private long opened;
  private boolean abandonedGone;

  /**
   * @param life the number of this process
   * @param startedMillis when this process opened the store
   */
  Pids(Connection connection, InboxLimits limits, long life, long startedMillis)
      throws SQLException {
    this.limits = limits;
    this.life = life;
    this.startedMillis = startedMillis;
    this.ofUser =
        new Sql(
            connection,
            "SELECT pid, life, opened, last_alive, recoverable, rooms FROM pids WHERE user = ?"
                + " ORDER BY opened");
    this.put =
        new Sql(
            connection,
            "INSERT OR REPLACE INTO pids (pid, user, life, opened, last_alive, recoverable, rooms)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    this.delete = new Sql(connection, "DELETE FROM pids WHERE pid = ? AND user = ?");
    this.ended =
        new Sql(
            connection,
            "SELECT user, pid FROM pids WHERE last_alive IS NOT NULL AND last_alive <= ? LIMIT ?");
    this.abandoned =
        new Sql(
            connection, "SELECT user, pid FROM pids WHERE last_alive IS NULL AND life < ? LIMIT ?");
    try (Sql last = new Sql(connection, "SELECT max(opened) FROM pids")) {
      this.opened = last.number();
    }
  }

  void load(User user) throws SQLException {
    for (Pid pid : ofUser.all(Pids::read, user.id)) {
      user.pids.put(pid.pid(), pid);
    }
  }

  private static Pid read(ResultSet row) throws SQLException {
    long lastAlive = row.getLong(4);
    boolean living = row.wasNull();
    return new Pid(
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        living ? Pid.LIVING : lastAlive,
        row.getInt(5) == 1,
        row.getString(6));
  }

  boolean valid(Pid pid, long nowMillis) {
    if (pid.lastAlive() == Pid.LIVING) {
      return pid.life() == life || nowMillis - startedMillis < limits.lifetimes().pid().toMillis();
    }
    return nowMillis - pid.lastAlive() < limits.lifetimes().pid().toMillis();
  }

  Optional<Pid> valid(User user, String pid, long nowMillis) {
    return Optional.ofNullable(user.pids.get(pid)).filter(known -> valid(known, nowMillis));
  }

  /** Whether a device other than the prover's may still come for what was proven. */
  boolean othersThan(User user, String prover, long nowMillis) {
    for (Pid pid : user.pids.values()) {
      if (!pid.pid().equals(prover) && valid(pid, nowMillis)) {
        return true;
      }
    }
    return false;
  }

  static SessionNote note(Pid pid) {
    return new SessionNote(
        pid.recoverable(),
        pid.rooms().isEmpty() ? List.of() : List.of(pid.rooms().split("\n", -1)));
  }

  /** Lives from now on. */
  void open(User user, String pid, SessionNote note) throws SQLException {
    user.pids.remove(pid);
    write(
        user,
        new Pid(
            pid, life, ++opened, Pid.LIVING, note.recoverable(), String.join("\n", note.rooms())));
    if (user.pids.size() > limits.ofUser().pids()) {
      Pid first =
          user.pids.values().stream()
              .min(Comparator.comparingLong(Pid::lastAlive).thenComparingLong(Pid::opened))
              .orElseThrow();
      remove(user, first.pid());
    }
  }

  void remember(User user, String pid, SessionNote note) throws SQLException {
    Pid known = user.pids.get(pid);
    if (known != null) {
      write(
          user,
          new Pid(
              pid,
              known.life(),
              known.opened(),
              known.lastAlive(),
              note.recoverable(),
              String.join("\n", note.rooms())));
    }
  }

  void leave(User user, String pid, Departure departure) throws SQLException {
    Pid known = user.pids.get(pid);
    if (known == null) {
      return;
    }
    switch (departure) {
      case Departure.Goodbye() -> remove(user, pid);
      case Departure.Lost(Instant lastAlive) ->
          write(
              user,
              new Pid(
                  pid,
                  known.life(),
                  known.opened(),
                  lastAlive.toEpochMilli(),
                  known.recoverable(),
                  known.rooms()));
    }
  }

  void remove(User user, String pid) throws SQLException {
    if (user.pids.remove(pid) != null) {
      delete.run(pid, user.id);
      changedUsers.add(user.id);
    }
  }

  private void write(User user, Pid pid) throws SQLException {
    put.run(
        pid.pid(),
        user.id,
        pid.life(),
        pid.opened(),
        pid.lastAlive() == Pid.LIVING ? Optional.empty() : Optional.of(pid.lastAlive()),
        pid.recoverable() ? 1 : 0,
        pid.rooms());
    user.pids.put(pid.pid(), pid);
  }

  private record Ended(long user, String pid) {}

  /** Drops those that have ended; how many. */
  int purge(Users users, long nowMillis) throws SQLException {
    long validMillis = limits.lifetimes().pid().toMillis();
    List<Ended> gone =
        new ArrayList<>(
            ended.all(
                row -> new Ended(row.getLong(1), row.getString(2)),
                nowMillis - validMillis,
                SLICE));
    if (!abandonedGone && nowMillis - startedMillis >= validMillis) {
      List<Ended> left =
          abandoned.all(row -> new Ended(row.getLong(1), row.getString(2)), life, SLICE);
      abandonedGone = left.size() < SLICE;
      gone.addAll(left);
    }
    for (Ended pid : gone) {
      Optional<User> user = users.find(pid.user());
      if (user.isPresent()) {
        remove(user.get(), pid.pid());
      } else {
        delete.run(pid.pid(), pid.user());
      }
    }
    return gone.size();
  }

  /** Users who lost a pid since the last call: what was kept for it may go. */
  Set<Long> takeChangedUsers() {
    Set<Long> taken = new LinkedHashSet<>(changedUsers);
    changedUsers.clear();
    return taken;
  }
}
