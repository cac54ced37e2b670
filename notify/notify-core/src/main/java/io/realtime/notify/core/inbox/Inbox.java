package io.realtime.notify.core.inbox;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.ingest.Watermark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The inboxes of all users; these five methods are the only way to touch one.
 *
 * <p><b>Atomicity.</b> One {@link #append} is one transaction: its entries, the watermark of its
 * partition and its once-keys become visible and durable together, or none of them. A {@link #page}
 * and a {@link #position} are one snapshot each.
 *
 * <p><b>Order.</b> Appends of one partition take effect in the order of their calls; entries of a
 * user get rising {@code seq} in the order in which they are stored. The {@code seq} of a user
 * never goes back while the store lives, even when the user was forgotten meanwhile.
 *
 * <p><b>Durability.</b> A completed append survives what the store promises to survive; {@link
 * InMemoryInbox} survives reconnects, not the process.
 *
 * <p><b>Failure.</b> Every stage fails with {@link StoreUnavailableException} when the store cannot
 * answer; nothing was changed then, or all of it was: repeating an append is safe, because what was
 * stored is {@link Outcome.Duplicate}. Any thread may call; stages may complete on any thread.
 */
public interface Inbox {

  /**
   * Stores resolved records of one partition, in offset order, and advances its watermark to the
   * last one. A record at or below the watermark, or whose once-key was seen in the last 24 hours,
   * stores nothing.
   *
   * @return what became of each item, in order
   */
  CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items);

  /** Entries of a user in {@code seq} order, and the head in the same snapshot. */
  CompletionStage<Page> page(String userId, PageRequest request);

  /**
   * Marks exactly these entries as received. Unknown and already proven ones are ignored.
   *
   * @param keep whether other devices of the user may still need them: they stay readable for 180 s
   */
  CompletionStage<Void> markProven(String userId, List<Long> seqs, boolean keep);

  /** The last entry that was ever stored for a user. */
  CompletionStage<Head> position(String userId);

  /** Drops what has outlived its time, and says how much. */
  CompletionStage<Purged> purge();

  /**
   * One resolved record.
   *
   * @param watermark what the partition's becomes
   * @param onceKey under which key it counts only once
   * @param entries what it brings to whom; empty for a record without a personal event
   */
  record Item(Watermark watermark, Optional<String> onceKey, List<NewEntry> entries) {}

  /**
   * An event for a user's inbox.
   *
   * @param payload JSON in UTF-8, never written to
   * @param acceptedAt the record's timestamp
   */
  record NewEntry(
      String userId, String eventId, String event, byte[] payload, Instant acceptedAt) {}

  /** What became of an item. */
  sealed interface Outcome {
    /** The record had been resolved before. */
    record Duplicate() implements Outcome {}

    /**
     * Stored.
     *
     * @param entries in the order of the item's
     * @param evicted unproven entries that had to go because a bound was reached
     */
    record Stored(List<Entry> entries, int evicted) implements Outcome {}
  }

  /**
   * A stored event.
   *
   * @param seq its number in the user's inbox, from 1
   * @param chainBefore {@link Chain} of everything before it
   * @param chain the same, with it
   */
  record Entry(
      String userId,
      long seq,
      long chainBefore,
      long chain,
      String eventId,
      String event,
      byte[] payload,
      Instant acceptedAt) {}

  /** The end of a user's inbox. {@code seq} is 0 before the first entry. */
  record Head(long seq, long chain) {}

  /**
   * What to read.
   *
   * @param after only entries with a greater {@code seq}
   * @param limit entries at most
   * @param maxBytes payload bytes at most, but always one entry
   * @param backlogEnd up to this {@code seq} only what is owed: entries that are unproven, or were
   *     proven at or after {@code owedSince}; beyond it every entry
   * @param owedSince when the reader connected: what it is owed was decided then
   */
  record PageRequest(long after, int limit, long maxBytes, long backlogEnd, Instant owedSince) {}

  /**
   * @param complete whether nothing is left behind the last entry
   */
  record Page(List<Entry> entries, Head head, boolean complete) {}

  /**
   * @param expired unproven entries that reached their time to live
   * @param proven entries that nobody needs any more
   * @param users heads that were forgotten
   */
  record Purged(int expired, int proven, int users) {}
}
