package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Chain;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.NewEntry;
import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Resolved records of one partition, within one transaction. */
record Appender(PartitionKey partition, List<Item> items) {

  List<Outcome> run(WriteSession session) throws SQLException {
    List<Outcome> outcomes = new ArrayList<>(items.size());
    Set<User> touched = new LinkedHashSet<>();
    for (Item item : items) {
      outcomes.add(append(session, item, touched));
    }
    for (User user : touched) {
      Evictor.pastCap(session, user);
    }
    return List.copyOf(outcomes);
  }

  private Outcome append(WriteSession session, Item item, Set<User> touched) throws SQLException {
    Optional<Watermark> known = session.marks.of(partition);
    if (known.isPresent() && !item.watermark().isAfter(known.get())) {
      return new Outcome.Duplicate();
    }
    session.marks.set(partition, item.watermark());
    if (item.onceKey().isPresent()
        && session.onceKeys.seen(item.onceKey().get(), session.nowMillis())) {
      return new Outcome.Duplicate();
    }
    List<Entry> stored = new ArrayList<>(item.entries().size());
    for (NewEntry added : item.entries()) {
      User user = session.users.require(added.userId(), session.nowMillis());
      stored.add(store(session, user, added));
      touched.add(user);
    }
    return new Outcome.Stored(List.copyOf(stored));
  }

  private static Entry store(WriteSession session, User user, NewEntry added) throws SQLException {
    Entry entry =
        new Entry(
            user.name,
            user.head().seq() + 1,
            user.head().chain(),
            Chain.next(user.head().chain(), added.eventId()),
            added.eventId(),
            added.event(),
            added.payload(),
            added.acceptedAt());
    session.entries.insert(user, entry, session.nowMillis());
    session.users.changed(user);
    return entry;
  }
}
