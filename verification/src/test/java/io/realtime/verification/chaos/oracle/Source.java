package io.realtime.verification.chaos.oracle;

/**
 * A record of a source topic, read again when all was over.
 *
 * @param eventId under which it is delivered
 * @param lane topic and partition, within which order is promised
 * @param user whom it is for; empty when it is for nobody in particular
 * @param digest of the fields that the producer wrote; of key and value when it is {@link
 *     Kind#POISON}
 */
public record Source(
    String eventId, String lane, long offset, Kind kind, String user, String digest) {

  /** What must come of a record. */
  public enum Kind {
    /** It reaches its user. */
    PERSONAL,
    /** As {@link #PERSONAL}; produced when all inboxes should have been empty. */
    MARKER,
    /** It becomes a dead letter. */
    POISON,
    /** It is skipped, or a state or feed event that is promised to nobody. */
    OTHER;

    boolean personal() {
      return this == PERSONAL || this == MARKER;
    }
  }
}
