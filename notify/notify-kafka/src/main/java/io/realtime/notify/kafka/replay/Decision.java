package io.realtime.notify.kafka.replay;

import java.time.Instant;

/**
 * What was decided about one letter.
 *
 * @param letterId see {@link Letter#id}
 * @param by who, as far as the command knows
 * @param reason as given; may be empty
 */
public record Decision(String letterId, Kind kind, Instant at, String by, String reason) {

  /** Never renamed: the names lie in Kafka. */
  public enum Kind {
    /** Put back onto the ingress topic under the next replay number. */
    REPLAYED,
    /** Never to be delivered. */
    DISCARDED
  }
}
