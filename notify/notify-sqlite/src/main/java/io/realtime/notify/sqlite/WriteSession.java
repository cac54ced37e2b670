package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.InboxLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The writer's connection with everything prepared on it and everything remembered from it. Lives
 * until a transaction fails: then it is thrown away and what it remembered is read again.
 */
final class WriteSession implements AutoCloseable {
  final Meta meta;
  final Marks marks;
  final Users users;
  final Pids pids;
  final Entries entries;
  final Gaps gaps;
  final OnceKeys onceKeys;
  final Idempotency idempotency;
  final Pages pages;
  final InboxLimits limits;
  private final Connection connection;
  private final InstantSource clock;
  private final Sql begin;
  private final Sql commit;
  private final List<Eviction> evictions = new ArrayList<>();
  private long nowMillis;

  /**
   * @param life the number of this process
   * @param startedMillis when this process opened the store
   */
  WriteSession(
      Connection connection, InboxLimits limits, InstantSource clock, long life, long startedMillis)
      throws SQLException {
    this.connection = connection;
    this.limits = limits;
    this.clock = clock;
    this.nowMillis = clock.millis();
    this.begin = new Sql(connection, "BEGIN IMMEDIATE");
    this.commit = new Sql(connection, "COMMIT");
    long keyMillis = limits.lifetimes().key().toMillis();
    this.meta = new Meta(connection);
    this.marks = new Marks(connection);
    this.pids = new Pids(connection, limits, life, startedMillis);
    this.users = new Users(connection, meta, pids);
    this.entries = new Entries(connection);
    this.gaps = new Gaps(connection);
    this.onceKeys = new OnceKeys(connection, limits.ofStore().onceKeys(), keyMillis);
    this.idempotency = new Idempotency(connection, limits.ofStore().idempotencyKeys(), keyMillis);
    this.pages = new Pages(connection);
  }

  /** What has to be told once the transaction is durable. */
  record Eviction(String userId, Gap gap) {}

  /** The time of this transaction. */
  long nowMillis() {
    return nowMillis;
  }

  void begin() throws SQLException {
    nowMillis = clock.millis();
    begin.run();
  }

  /** Durable when it returns; what was evicted meanwhile. */
  List<Eviction> commit() throws SQLException {
    users.flush();
    marks.flush();
    commit.run();
    List<Eviction> told = List.copyOf(evictions);
    evictions.clear();
    return told;
  }

  void evicted(User user, Gap gap) throws SQLException {
    gaps.add(user, gap);
    evictions.add(new Eviction(user.name, gap));
  }

  /** Ends the transaction that is open, if any, without effect. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
