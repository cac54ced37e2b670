package io.realtime.notify.core.sockets;

/** A client event is answered with {@code error}. No stack trace: peers cause these. */
final class RefusedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String text;

  RefusedRequestException(ErrorCode code, String text) {
    super(text, null, false, false);
    this.code = code;
    this.text = text;
  }

  ErrorCode code() {
    return code;
  }

  String text() {
    return text;
  }
}
