package io.realtime.notify.core.catalogue;

/** What a record turns out to be. */
public sealed interface Verdict {

  /** To be appended and sent. */
  record Deliver(RoutedEvent event) implements Verdict {}

  /** Resolved without effect, and counted. */
  record Skip(SkipReason reason) implements Verdict {}

  /**
   * To be dead-lettered: it can never be delivered as it is.
   *
   * @param message names the field, holds at most 512 bytes, none of them control characters
   */
  record Reject(Stage stage, ErrorCode code, String message) implements Verdict {}

  /** Why a record is skipped; the label of its metric. */
  enum SkipReason {
    TOMBSTONE,
    UNKNOWN_TOPIC
  }

  /** Where a record failed; the text of the header {@code dlq-stage}. */
  enum Stage {
    DESERIALIZE,
    VALIDATE,
    ROUTE,
    APPEND
  }

  /**
   * What was wrong; the text of the header {@code dlq-error-code}. Stable: names are never changed.
   */
  enum ErrorCode {
    MALFORMED_JSON,
    NOT_AN_OBJECT,
    MISSING_FIELD,
    INVALID_FIELD,
    UNKNOWN_EVENT,
    TOO_LARGE,
    UNEXPECTED
  }
}
