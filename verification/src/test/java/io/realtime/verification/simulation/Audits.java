package io.realtime.verification.simulation;

import io.realtime.notify.core.inbox.Gap;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The oracle's notes of what left inboxes before anyone proved to have it, and of what the running
 * process has written about it: all of it in the end, in few lines. What a process that is killed
 * has not written is written by nobody.
 */
final class Audits {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final Pattern LINE =
      Pattern.compile(
          "inbox gap: user=(\\S+) reason=(\\S+) (evicted=\\d+ seqs=\\d+-\\d+ since=\\S+ until=\\S+)");

  private final Oracle oracle;
  private final Scheduler scheduler;
  private final Map<String, Gap> unwritten = new HashMap<>();
  private final Map<String, Long> writtenAt = new HashMap<>();

  Audits(Oracle oracle, Scheduler scheduler) {
    this.oracle = oracle;
    this.scheduler = scheduler;
  }

  void evicted(String userId, Gap gap) {
    unwritten.merge(userId + " " + gap.reason().name().toLowerCase(Locale.ROOT), gap, Gap::merge);
  }

  /** A line of the audit. */
  void written(String line) {
    oracle.note(() -> "audited " + line);
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      oracle.violation("I10 audit cannot be read", line);
      return;
    }
    String key = matcher.group(1) + " " + matcher.group(2);
    Gap gap = unwritten.remove(key);
    if (gap == null || !text(gap).equals(matcher.group(3))) {
      oracle.violation("I10 audited otherwise than evicted", line + ": " + gap);
    }
    Long before = writtenAt.put(key, scheduler.millis());
    if (before != null && scheduler.millis() - before < BETWEEN_LINES.toMillis()) {
      oracle.violation("audited too often", line);
    }
  }

  private static String text(Gap gap) {
    return "evicted=%d seqs=%d-%d since=%s until=%s"
        .formatted(gap.evicted(), gap.fromSeq(), gap.untilSeq(), gap.since(), gap.until());
  }

  void processEnded() {
    unwritten.clear();
    writtenAt.clear();
  }

  void finish() {
    unwritten.forEach((key, gap) -> oracle.violation("I10 not audited", key + " " + gap));
  }
}
