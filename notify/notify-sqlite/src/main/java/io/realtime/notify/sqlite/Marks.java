package io.realtime.notify.sqlite;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The watermarks; written once per partition and transaction. Writer's thread. */
final class Marks {
  private final Sql put;
  private final Map<PartitionKey, Watermark> known = new HashMap<>();
  private final Set<PartitionKey> dirty = new HashSet<>();

  Marks(Connection connection) throws SQLException {
    this.put =
        new Sql(
            connection,
            "INSERT OR REPLACE INTO watermarks (topic, topic_id, part, pos, epoch, generation)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    try (Sql all =
        new Sql(
            connection, "SELECT topic, topic_id, part, pos, epoch, generation FROM watermarks")) {
      all.each(
          row -> {
            known.put(
                new PartitionKey(row.getString(1), row.getString(2), row.getInt(3)),
                new Watermark(row.getLong(4), row.getInt(5), row.getInt(6)));
            return true;
          });
    }
  }

  Optional<Watermark> of(PartitionKey partition) {
    return Optional.ofNullable(known.get(partition));
  }

  Map<PartitionKey, Watermark> all() {
    return Map.copyOf(known);
  }

  void set(PartitionKey partition, Watermark watermark) {
    known.put(partition, watermark);
    dirty.add(partition);
  }

  void flush() throws SQLException {
    for (PartitionKey partition : dirty) {
      Watermark mark = known.get(partition);
      if (mark != null) {
        put.run(
            partition.topic(),
            partition.topicId(),
            partition.partition(),
            mark.offset(),
            mark.leaderEpoch(),
            mark.generation());
      }
    }
    dirty.clear();
  }
}
