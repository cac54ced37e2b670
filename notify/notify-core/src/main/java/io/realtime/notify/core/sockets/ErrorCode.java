package io.realtime.notify.core.sockets;

/** The {@code code} of an {@code error} event. Stable: names are never changed. */
public enum ErrorCode {
  FORBIDDEN,
  INVALID_ARGUMENT,
  LIMIT_EXCEEDED
}
