package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Chain;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.inbox.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A reader's connection with its statements. Of one reader's thread. */
final class ReadSession implements AutoCloseable {
  private final Connection connection;
  private final Sql begin;
  private final Sql end;
  private final Sql head;
  private final Sql floor;
  private final Sql owed;
  private final Sql gaps;

  ReadSession(Connection connection) throws SQLException {
    this.connection = connection;
    this.begin = new Sql(connection, "BEGIN");
    this.end = new Sql(connection, "COMMIT");
    this.head = new Sql(connection, "SELECT id, seq, chain FROM users WHERE name = ?");
    this.floor = new Sql(connection, "SELECT value FROM meta WHERE name = 'floor'");
    this.owed =
        new Sql(
            connection,
            "SELECT "
                + Entries.COLUMNS
                + " FROM entries WHERE user = ? AND seq > ?"
                + " AND (proven = 0 OR seq > ? OR proven > ?) ORDER BY seq");
    this.gaps =
        new Sql(
            connection,
            "SELECT "
                + Gaps.COLUMNS
                + " FROM gaps WHERE user = ? AND until_seq > ?"
                + " AND until_seq < ?");
  }

  /** Everything that {@code question} reads is of one moment. */
  <T> T snapshot(Readers.Question<T> question) throws SQLException {
    begin.run();
    T answer = question.ask(this);
    end.run();
    return answer;
  }

  private record Known(long id, Position head) {}

  private Optional<Known> find(String userId) throws SQLException {
    return head.first(
        row -> new Known(row.getLong(1), new Position(row.getLong(2), row.getLong(3))), userId);
  }

  Position position(String userId) throws SQLException {
    Optional<Known> user = find(userId);
    return user.isPresent() ? user.get().head() : emptyHead(userId);
  }

  private Position emptyHead(String userId) throws SQLException {
    return new Position(floor.number(), Chain.start(userId));
  }

  Page page(String userId, PageRequest request) throws SQLException {
    Optional<Known> found = find(userId);
    if (found.isEmpty()) {
      return new Page(List.of(), List.of(), emptyHead(userId), true);
    }
    Known user = found.get();
    Taken taken = new Taken(request);
    owed.each(
        row -> taken.offer(Entries.read(userId, row)),
        user.id(),
        request.after(),
        Math.min(request.backlog().end(), request.backlog().after()),
        request.backlog().decidedAt());
    long before = taken.complete ? Long.MAX_VALUE : taken.entries.getLast().seq();
    List<Gap> told = gaps.all(Gaps::read, user.id(), request.after(), before);
    return new Page(List.copyOf(taken.entries), told, user.head(), taken.complete);
  }

  /** Entries until a bound of the request is reached. */
  private static final class Taken {
    private final PageRequest request;
    private final List<Entry> entries = new ArrayList<>();
    private long bytes;
    private boolean complete = true;

    Taken(PageRequest request) {
      this.request = request;
    }

    boolean offer(Entry entry) {
      bytes += entry.payload().length;
      complete =
          entries.isEmpty() || (entries.size() < request.limit() && bytes <= request.maxBytes());
      if (complete) {
        entries.add(entry);
      }
      return complete;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
