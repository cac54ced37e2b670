package io.realtime.notify.core.inbox;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.ingest.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The inboxes of all users, and the sessions that may come back to them; these methods are the only
 * way to touch one.
 *
 * <p><b>Atomicity.</b> Each call is one transaction: what it changes becomes visible and durable
 * together, or none of it. In particular the entries of an {@link #append}, the watermark of its
 * partition and its once-keys; and what a {@link #connect} proves, decides and writes. A {@link
 * #page} and a {@link #position} are one snapshot each, and see everything that was completed
 * before they were called.
 *
 * <p><b>Order.</b> Appends of one partition take effect in the order of their calls; entries of a
 * user get rising {@code seq} in the order in which they are stored. The {@code seq} of a user
 * never goes back while the store lives, even when the user was forgotten meanwhile. Calls of one
 * caller that change something take effect in the order in which they were made.
 *
 * <p><b>Durability.</b> What has completed survives what the store promises to survive: with the
 * product's store the end of the process and of the machine. What has not completed may have
 * happened or not.
 *
 * <p><b>Failure.</b> A stage fails with {@link StoreUnavailableException} when the store cannot
 * answer now: all of the call was done or nothing, and every call may be repeated as it is. Any
 * other failure is bound to the call: nothing was changed, and it does not make calls of others
 * fail. Any thread may call; none is blocked; stages may complete on any thread, which belongs to
 * the store: whoever continues there returns soon.
 */
public interface Inbox {

  /**
   * Stores resolved records of one partition, in offset order, and advances its watermark to the
   * last one. A record at or below the watermark, or whose once-key was seen in the last 24 hours,
   * stores nothing. Past a bound of its user the oldest unproven entries go, with a {@link Gap}.
   *
   * @return what became of each item, in order
   */
  CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items);

  /**
   * A client connects: its pid is written, living until {@link #leave}; its returned position, when
   * it chains, proves the entries at or before it; and it is decided, once, what it is owed (see
   * {@link Welcome}). A position chains when its seq is the head with the same chain, or the entry
   * at or after it says so.
   *
   * <p>It is recovered only if it may be, its pid is this user's and valid, the session's note says
   * so, its position chains, every entry behind that is still stored, and at most 100 are.
   * Otherwise the returned pid, if it is this user's, gives way to the fresh one. A pid is valid
   * from connect until 180 s after its last sign of life; one whose end was not written counts from
   * the start of this process.
   */
  CompletionStage<Welcome> connect(Arrival arrival);

  /** Replaces the note of a session. An unknown pid is ignored. */
  CompletionStage<Void> remember(String userId, String pid, SessionNote note);

  /** A session ended. Whose call fails must repeat it; an unknown pid is ignored. */
  CompletionStage<Void> leave(String userId, String pid, Departure departure);

  /** Entries of a user in {@code seq} order, gaps, and the head in the same snapshot. */
  CompletionStage<Page> page(String userId, PageRequest request);

  /**
   * Marks exactly these entries as received and these gaps as told. Unknown and already proven ones
   * are ignored. A proven entry stays readable for 180 s, and only while a valid pid of the user
   * other than the prover's exists: with one device it goes at once. Proven entries have bounds of
   * their own; the oldest go first and leave no gap.
   */
  CompletionStage<Void> markProven(String userId, Proof proof);

  /** The last entry that was ever stored for a user. */
  CompletionStage<Position> position(String userId);

  /** Drops what has outlived its time, and says how much. To be called every few seconds. */
  CompletionStage<Purged> purge();

  /** Writes something of no meaning: whether the store takes anything at all. */
  CompletionStage<Void> probe();

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
     */
    record Stored(List<Entry> entries) implements Outcome {}
  }

  /** What is told to a connection, in order. */
  sealed interface Step {
    record OfEntry(Entry entry) implements Step {}

    /**
     * @param told whoever is told of this gap has been told of everything up to here; empty when
     *     another gap stands at the same place
     */
    record OfGap(Gap gap, Optional<Position> told) implements Step {}
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
      Instant acceptedAt) {
    /** What an entry costs beside its payload and ids, roughly. */
    private static final int OVERHEAD = 128;

    /** Bytes that it counts for in every bound. */
    public long cost() {
      return OVERHEAD + payload.length + 2L * (eventId.length() + event.length());
    }

    /** Everything up to this entry. */
    public Position position() {
      return new Position(seq, chain);
    }

    /** Everything before this entry. */
    public Position before() {
      return new Position(seq - 1, chainBefore);
    }
  }

  /**
   * What to read.
   *
   * @param after only what lies behind this {@code seq}
   * @param limit entries at most
   * @param maxBytes payload bytes at most, but always one entry
   * @param backlog from the reader's {@link Welcome}
   */
  record PageRequest(long after, int limit, long maxBytes, Backlog backlog) {}

  /**
   * What lies behind {@code after}.
   *
   * @param gaps that end behind {@code after} and, on an incomplete page, before its last entry
   * @param complete whether nothing is left behind the last entry
   */
  record Page(List<Entry> entries, List<Gap> gaps, Position head, boolean complete) {

    /** Each gap before the first entry that lies behind it. */
    public List<Step> steps() {
      List<Gap> left = new ArrayList<>(gaps);
      left.sort(Comparator.comparingLong(Gap::untilSeq));
      List<Step> steps = new ArrayList<>(entries.size() + left.size());
      int next = 0;
      for (Entry entry : entries) {
        while (next < left.size() && left.get(next).untilSeq() < entry.seq()) {
          Gap gap = left.get(next++);
          boolean last = next == left.size() || left.get(next).untilSeq() >= entry.seq();
          steps.add(new Step.OfGap(gap, last ? Optional.of(entry.before()) : Optional.empty()));
        }
        steps.add(new Step.OfEntry(entry));
      }
      for (; next < left.size(); next++) {
        boolean last = next == left.size() - 1;
        steps.add(new Step.OfGap(left.get(next), last ? Optional.of(head) : Optional.empty()));
      }
      return steps;
    }
  }

  /**
   * @param expired unproven entries that reached their time to live
   * @param proven entries that nobody needs any more
   * @param pids that have ended
   * @param users heads that were forgotten
   */
  record Purged(int expired, int proven, int pids, int users) {}
}
