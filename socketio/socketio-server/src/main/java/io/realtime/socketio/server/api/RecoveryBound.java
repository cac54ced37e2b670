package io.realtime.socketio.server.api;

/** What made recovery in memory forget an event or a session before it was asked for. */
public enum RecoveryBound {
  LOG_EVENTS("log events"),
  LOG_BYTES("log bytes"),
  LOG_AGE("log age"),
  SESSIONS("sessions"),
  SESSION_AGE("session age");

  private final String text;

  RecoveryBound(String text) {
    this.text = text;
  }

  /** The label of its metric. */
  public String text() {
    return text;
  }
}
