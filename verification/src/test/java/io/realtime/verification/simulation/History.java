package io.realtime.verification.simulation;

import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the oracle knows of one user. Of the run's thread. */
final class History {
  final Map<Long, Stored> stored = new HashMap<>();
  final Map<String, Long> seqs = new HashMap<>();
  final Set<String> subjects = new HashSet<>();

  /** On the oracle's count of proofs. */
  final Map<Long, Long> provenAt = new HashMap<>();

  final Set<Long> got = new HashSet<>();
  final List<Gap> evicted = new ArrayList<>();
  final List<Span> told = new ArrayList<>();
  long head;

  /**
   * @param at when it was stored, in milliseconds
   */
  record Stored(Entry entry, long at) {}

  /** The time that a told gap is about. */
  record Span(Instant since, Instant until) {}

  /** Everything up to {@code seq} was proven at once, by a position. */
  void provenUpTo(long seq, long at) {
    stored.keySet().stream().filter(it -> it <= seq).forEach(it -> provenAt.putIfAbsent(it, at));
  }

  boolean evicted(long seq) {
    return evicted.stream().anyMatch(gap -> gap.fromSeq() <= seq && seq <= gap.untilSeq());
  }

  boolean told(Instant acceptedAt) {
    return told.stream()
        .anyMatch(span -> !acceptedAt.isBefore(span.since()) && !acceptedAt.isAfter(span.until()));
  }
}
