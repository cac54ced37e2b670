package io.realtime.socketio.server.api;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CONNECT is answered with CONNECT_ERROR {@code {message, data?}}. No stack trace: peers cause
 * these.
 */
public final class ConnectRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Map<String, @Nullable Object> payload;

  public ConnectRefused(String message) {
    super(message, null, false, false);
    this.payload = null;
  }

  public ConnectRefused(String message, Map<String, @Nullable Object> payload) {
    super(message, null, false, false);
    this.payload = payload;
  }

  /** What the client sees as {@code err.data}. */
  public Optional<Map<String, @Nullable Object>> payload() {
    return Optional.ofNullable(payload);
  }
}
