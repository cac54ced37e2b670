package io.realtime.notify.core.catalogue;

import java.util.regex.Pattern;

/**
 * Which Kafka topics are read.
 *
 * @param include whole names that are read
 * @param exclude of these, whole names that are not
 */
public record TopicRules(Pattern include, Pattern exclude) {
  /** The internal topic through which REST calls and replays travel; always read. */
  public static final String INGRESS = "realtime.ingress";

  /** Where records go that can never be delivered; never read. */
  public static final String DEAD_LETTER = "realtime.dead-letter";

  /** The four families of contract section 3. */
  public static final String DEFAULT_INCLUDE =
      "^(order|inventory|product|notification)\\.[a-z0-9_-]+$";

  /** What was decided about dead letters; never read. */
  public static final String DECISIONS = "realtime.dead-letter-decisions";

  /** What retry and dead-letter conventions append to a topic's name. */
  public static final String DEFAULT_EXCLUDE =
      "(?i)^.+[-._](retry([-._]\\d+)?|dlt|dlq|dead-?letter)$";

  public static TopicRules defaults() {
    return new TopicRules(Pattern.compile(DEFAULT_INCLUDE), Pattern.compile(DEFAULT_EXCLUDE));
  }

  /** Whether records of {@code topic} are read. */
  public boolean reads(String topic) {
    if (topic.equals(INGRESS)) {
      return true;
    }
    return !topic.equals(DEAD_LETTER)
        && !topic.equals(DECISIONS)
        && include.matcher(topic).matches()
        && !exclude.matcher(topic).matches();
  }
}
