package io.realtime.notify.sqlite;

import io.realtime.notify.core.ingest.IdempotencyKeys.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Idempotency keys of REST calls, for a day, the oldest first. Writer's thread. */
final class Idempotency {
  private final Sql find;
  private final Sql insert;
  private final Sql answer;
  private final Sql delete;
  private final Sql deleteOldest;
  private final Sql expire;
  private final int bound;
  private final long lifeMillis;
  private long count;

  Idempotency(Connection connection, int bound, long lifeMillis) throws SQLException {
    this.bound = bound;
    this.lifeMillis = lifeMillis;
    this.find = new Sql(connection, "SELECT body, answer, used FROM idempotency WHERE name = ?");
    this.insert =
        new Sql(connection, "INSERT INTO idempotency (name, body, used) VALUES (?, ?, ?)");
    this.answer =
        new Sql(connection, "UPDATE idempotency SET answer = ? WHERE name = ? AND answer IS NULL");
    this.delete = new Sql(connection, "DELETE FROM idempotency WHERE name = ?");
    this.deleteOldest =
        new Sql(connection, "DELETE FROM idempotency WHERE id = (SELECT min(id) FROM idempotency)");
    this.expire =
        new Sql(
            connection,
            "DELETE FROM idempotency WHERE id = (SELECT min(id) FROM idempotency) AND used <= ?");
    try (Sql all = new Sql(connection, "SELECT count(*) FROM idempotency")) {
      this.count = all.number();
    }
  }

  private record Use(String body, Optional<String> answer, long used) {}

  Claim claim(String key, String bodyHash, long nowMillis) throws SQLException {
    Optional<Use> known =
        find.first(
            row -> new Use(row.getString(1), Optional.ofNullable(row.getString(2)), row.getLong(3)),
            key);
    if (known.isPresent() && nowMillis - known.get().used() >= lifeMillis) {
      count -= delete.run(key);
    } else if (known.isPresent()) {
      return known.get().body().equals(bodyHash)
          ? known.get().answer().<Claim>map(Claim.Answered::new).orElseGet(Claim.Open::new)
          : new Claim.Conflict();
    }
    insert.run(key, bodyHash, nowMillis);
    count++;
    if (count > bound) {
      count -= deleteOldest.run();
    }
    return new Claim.Open();
  }

  /** Keeps the first answer of a key that is known; the one to give. */
  String answered(String key, String text) throws SQLException {
    answer.run(text, key);
    return find.first(row -> Optional.ofNullable(row.getString(2)).orElse(text), key).orElse(text);
  }

  /** Drops at most {@code limit} keys whose day is over. */
  void purge(long nowMillis, int limit) throws SQLException {
    int dropped = 1;
    for (int i = 0; i < limit && dropped > 0; i++) {
      dropped = expire.run(nowMillis - lifeMillis);
      count -= dropped;
    }
  }
}
