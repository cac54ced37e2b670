package io.realtime.notify.kafka.start;

import java.time.Instant;
import java.util.Optional;

/**
 * What rides in the metadata of a commit: enough to start from when the store was lost.
 *
 * @param topicId the incarnation of the topic that the commit belongs to
 * @param firstStart when the service first started
 */
public record CommitNote(String topicId, int generation, Instant firstStart) {
  private static final String VERSION = "rt1";

  public String text() {
    return VERSION + " " + topicId + " " + generation + " " + firstStart.toEpochMilli();
  }

  /** Empty when someone else wrote the commit. */
  public static Optional<CommitNote> parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 4 || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CommitNote(
              parts[1],
              Integer.parseInt(parts[2]),
              Instant.ofEpochMilli(Long.parseLong(parts[3]))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
