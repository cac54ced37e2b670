package io.realtime.notify.core.catalogue;

import io.realtime.notify.core.catalogue.Verdict.ErrorCode;
import io.realtime.notify.core.catalogue.Verdict.Reject;
import io.realtime.notify.core.catalogue.Verdict.Stage;

/** Carries a rejection out of the parser. No stack trace: producers cause these. */
final class RejectedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reject verdict;

  RejectedRecordException(Stage stage, ErrorCode code, String message) {
    super(message, null, false, false);
    this.verdict = new Reject(stage, code, message);
  }

  static RejectedRecordException missing(String field) {
    return new RejectedRecordException(
        Stage.VALIDATE, ErrorCode.MISSING_FIELD, field + ": missing");
  }

  static RejectedRecordException invalid(String field, String found, String expected) {
    return new RejectedRecordException(
        Stage.VALIDATE,
        ErrorCode.INVALID_FIELD,
        field + ": " + found + " (expected: " + expected + ")");
  }

  Reject verdict() {
    return verdict;
  }
}
