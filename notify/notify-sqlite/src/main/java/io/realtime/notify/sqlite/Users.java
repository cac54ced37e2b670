package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Chain;
import io.realtime.notify.core.inbox.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The heads of users, with a bounded cache of those that were active last. Writer's thread. */
final class Users {
  /** Users remembered between transactions; the others are read again. */
  static final int CACHED = 50_000;

  private final Sql find;
  private final Sql findById;
  private final Sql insert;
  private final Sql update;
  private final Sql delete;
  private final Sql counts;
  private final Sql idle;
  private final Meta meta;
  private final Pids pids;
  private final LinkedHashMap<String, User> cache = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, User> byId = new HashMap<>();
  private final Set<User> dirty = new LinkedHashSet<>();
  private long count;

  Users(Connection connection, Meta meta, Pids pids) throws SQLException {
    this.meta = meta;
    this.pids = pids;
    String columns = "SELECT id, name, seq, chain, stored FROM users WHERE ";
    this.find = new Sql(connection, columns + "name = ?");
    this.findById = new Sql(connection, columns + "id = ?");
    this.insert =
        new Sql(
            connection,
            "INSERT INTO users (name, seq, chain, stored) VALUES (?, ?, ?, ?) RETURNING id");
    this.update =
        new Sql(connection, "UPDATE users SET seq = ?, chain = ?, stored = ? WHERE id = ?");
    this.delete = new Sql(connection, "DELETE FROM users WHERE id = ?");
    this.counts =
        new Sql(
            connection,
            "SELECT proven > 0, count(*), sum(cost) FROM entries WHERE user = ? GROUP BY 1");
    String nothing =
        " AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.user = u.id)"
            + " AND NOT EXISTS (SELECT 1 FROM pids p WHERE p.user = u.id)";
    this.idle =
        new Sql(
            connection,
            "SELECT u.id, u.name, u.seq, u.chain, u.stored FROM users u WHERE u.stored <= ?"
                + nothing
                + " AND (? = 1 OR NOT EXISTS (SELECT 1 FROM gaps g WHERE g.user = u.id))"
                + " ORDER BY u.stored LIMIT ?");
    try (Sql all = new Sql(connection, "SELECT count(*) FROM users")) {
      this.count = all.number();
    }
  }

  long count() {
    return count;
  }

  Optional<User> find(String name) throws SQLException {
    User known = cache.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<User> found = find.first(Users::read, name);
    if (found.isPresent()) {
      load(found.get());
    }
    return found;
  }

  Optional<User> find(long id) throws SQLException {
    User known = byId.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<User> found = findById.first(Users::read, id);
    if (found.isPresent()) {
      load(found.get());
    }
    return found;
  }

  /** Known from now on. */
  User require(String name, long nowMillis) throws SQLException {
    Optional<User> known = find(name);
    if (known.isPresent()) {
      return known.get();
    }
    Position head = new Position(meta.floor(), Chain.start(name));
    long stored = User.storedAt(nowMillis);
    long id = insert.number(name, head.seq(), head.chain(), stored);
    User user = new User(id, name, head, stored);
    remember(user);
    count++;
    return user;
  }

  private static User read(java.sql.ResultSet row) throws SQLException {
    return new User(
        row.getLong(1),
        row.getString(2),
        new Position(row.getLong(3), row.getLong(4)),
        row.getLong(5));
  }

  private void load(User user) throws SQLException {
    counts.each(
        row -> {
          user.counted(row.getInt(2), row.getLong(3), row.getInt(1) == 1);
          return true;
        },
        user.id);
    pids.load(user);
    remember(user);
  }

  private void remember(User user) {
    cache.put(user.name, user);
    byId.put(user.id, user);
  }

  /** To be written before the transaction ends. */
  void changed(User user) {
    dirty.add(user);
  }

  /** Writes what has changed, and makes room. */
  void flush() throws SQLException {
    for (User user : dirty) {
      update.run(user.head().seq(), user.head().chain(), user.stored(), user.id);
    }
    dirty.clear();
    Iterator<User> oldest = cache.values().iterator();
    while (cache.size() > CACHED) {
      byId.remove(oldest.next().id);
      oldest.remove();
    }
  }

  /** Forgets users that have nothing, the longest unused first; how many. */
  int forgetIdle(long storedUntil, boolean withGaps, int limit, Gaps gaps) throws SQLException {
    List<User> found = idle.all(Users::read, storedUntil, withGaps ? 1 : 0, limit);
    for (User user : found) {
      if (user.head().seq() > meta.floor()) {
        meta.floor(user.head().seq());
      }
      gaps.forget(user.id);
      delete.run(user.id);
      User cached = byId.remove(user.id);
      if (cached != null) {
        cache.remove(cached.name);
        dirty.remove(cached);
      }
    }
    count -= found.size();
    return found.size();
  }
}
